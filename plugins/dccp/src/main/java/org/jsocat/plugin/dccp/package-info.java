/** The addresses and options of DCCP. */
package org.jsocat.plugin.dccp;
