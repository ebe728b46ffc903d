/** The addresses and options of SCTP. */
package org.jsocat.plugin.sctp;
