package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.WindowSize;

import java.util.Optional;

/**
 * What a terminal is.
 *
 * @param name as ttyname(3) has it; empty where it has no name here
 * @param settings empty where they cannot be read
 * @param window empty where it cannot be read
 */
public record Terminal(
        Optional<String> name, Optional<Termios> settings, Optional<WindowSize> window) {}
