/** POSIX message queues (mq_overview(7)): packets with priorities, kept by the kernel. */
package org.jsocat.plugin.posixmq;
