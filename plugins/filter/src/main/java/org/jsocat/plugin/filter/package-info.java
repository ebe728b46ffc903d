/** Stages that need nothing but the bytes: for trying out and testing chains. */
package org.jsocat.plugin.filter;
