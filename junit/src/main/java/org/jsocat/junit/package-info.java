/** An extension of JUnit 5 that opens relays for a test and fails it on what is left over. */
package org.jsocat.junit;
