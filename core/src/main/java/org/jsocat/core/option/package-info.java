/**
 * The options that core itself reads or acts upon: what the transfer does, forking, retry, and
 * surroundings of an opening. Knows nothing of the other packages of core.
 */
package org.jsocat.core.option;
