/** The manual: chapters in Markdown, with tables from the plugins, as manual pages and as HTML. */
package org.jsocat.cli.manual;
