package org.jsocat.core.parse;

/**
 * What the parser must know about the address types that there are: just enough to tell a keyword
 * from a file name and an operator from data. The catalog implements it.
 */
public interface Vocabulary {

    /** Whether an address type or stage goes by this name or alias, regardless of case. */
    boolean isKeyword(String name);

    /**
     * Whether an address is, by itself, one that can stand as an endpoint: its type has an endpoint
     * form that takes this number of parameters, and every option is known to it. It is asked only
     * where the text holds an operator without protection, and the answer decides whether that
     * operator is data: {@code true} keeps the meaning that the line has in socat 1.
     *
     * <p>A parameter with a {@linkplain Text#hasBareOperator() bare operator} should count as
     * acceptable only where it is free text: a file name, a command, a string. So should the value
     * of an option. A host, a port or a number never holds one, and {@code
     * SOCKS5:host:22|tcp:proxy:1080} has as many parameters as SOCKS5-CONNECT takes.
     */
    boolean accepts(Address address);

    /** All keywords and aliases, for suggestions; asked only after a mistake. */
    Iterable<String> keywords();
}
