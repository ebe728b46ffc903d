/**
 * Parses the two arguments that name what to relay between: the address syntax of socat 1.8 and the
 * chains of socat 2, as a tree of records.
 *
 * <p>Purely syntactic: {@link org.jsocat.core.parse.Vocabulary} answers the two questions that
 * cannot be decided without knowing the address types, and nothing is opened or logged. {@link
 * org.jsocat.core.parse.AddressParser} is the entry, {@link org.jsocat.core.parse.Printer} the way
 * back.
 *
 * <h2>Grammar</h2>
 *
 * <pre>
 * specification = plain | chain
 * plain         = address [ "!!" address ]                       read!!write
 * chain         = { stage "|" } endpoint
 * stage         = part [ "%" part ]                              rightward%leftward
 * endpoint      = part [ ( "%" | "!!" ) part ]                   write%read or read!!write
 * part          = [ "^" ] address
 * address       = keyword { ":" parameter } { "," [ option ] }
 * option        = name [ "=" value ]
 * </pre>
 *
 * <p>In a chain blanks may stand around {@code | % !! ^}; elsewhere a blank is data. Keyword,
 * parameter, name and value are read by {@link org.jsocat.spi.NestedLexer}, so quotes, brackets and
 * backslashes protect all operators. A keyword that is not one may be a shorthand: {@code -} is
 * STDIO, digits alone are FD, and a text with a slash is GOPEN.
 *
 * <h2>Operator or data</h2>
 *
 * <p>{@code SYSTEM:a | b}, {@code FILE:100%} and {@code EXEC:prog%PIPE} mean something in socat 1,
 * and keep meaning it. The rule:
 *
 * <ol>
 *   <li>The argument is read as plain. If its keywords are known and each address is {@linkplain
 *       org.jsocat.core.parse.Vocabulary#accepts acceptable} by itself (an endpoint with the right
 *       number of parameters and known options), that is what it means, and every {@code | % ^} in
 *       it is data.
 *   <li>Otherwise it is read as a chain, in which every unprotected {@code |} is an operator, and
 *       so is an unprotected {@code %} behind a bare keyword ({@code gzip%gunzip}); behind or in a
 *       parameter, option or file name {@code %} is one only if an address follows: a known
 *       keyword, a number alone, or {@code -}. {@code ^} is an operator only where an address could
 *       begin.
 *   <li>If it is no chain either, the mistakes told are those of the plain reading where its
 *       keywords are known, with those of the chain added for the reader, and those of the chain
 *       otherwise.
 * </ol>
 *
 * <p>One exception to the first step: a file name without keyword that begins with a keyword and an
 * operator ({@code gzip|/tmp/x.gz}) is a chain; {@code ./gzip|/tmp/x.gz} names the file.
 *
 * <p>It follows that a pipeline needs protection only where the argument is a chain ({@code
 * nop|SYSTEM:"a | b"}), and that a blank at the very beginning makes a chain of what would be plain
 * ({@code " FILE:x%STDIN"}), because no keyword begins with a blank.
 */
package org.jsocat.core.parse;
