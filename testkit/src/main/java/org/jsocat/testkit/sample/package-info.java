/** Stages to test chains and relays with, and to begin one's own from. */
package org.jsocat.testkit.sample;
