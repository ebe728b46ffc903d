/** Programs as addresses: EXEC, SYSTEM and SHELL, with their option groups. */
package org.jsocat.plugin.exec;
