/** What tests of plugins share. */
package org.jsocat.testkit;
