/** TLS and DTLS: addresses, stages and options. */
package org.jsocat.plugin.openssl;
