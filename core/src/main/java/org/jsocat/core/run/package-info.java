/**
 * Plans, opens and relays, once or for each peer: {@link org.jsocat.core.run.Session} is the
 * entrance.
 */
package org.jsocat.core.run;
