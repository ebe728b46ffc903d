/**
 * A Java agent that sends the connections which a program makes through chains of jsocat. It is no
 * module: the JVM loads agents from the class path.
 */
package org.jsocat.agent;
