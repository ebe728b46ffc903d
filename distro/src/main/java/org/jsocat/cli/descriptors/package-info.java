/**
 * What file descriptors are: read once into facts, printed in the long form, the short forms and as
 * JSON. Used by {@code filan} and by {@code socat -D}.
 */
package org.jsocat.cli.descriptors;
