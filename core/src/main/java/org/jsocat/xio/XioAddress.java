package org.jsocat.xio;

import org.jsocat.core.parse.Address;
import org.jsocat.core.parse.AddressOption;
import org.jsocat.core.parse.Element;
import org.jsocat.core.parse.Printer;
import org.jsocat.core.parse.Shorthand;
import org.jsocat.core.parse.Specification;
import org.jsocat.core.parse.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address made from its parts, so that nobody needs to quote: {@link #toString()} is the text
 * that means it. Immutable. Whether there is such an address with such options is checked when it
 * is opened.
 *
 * <pre>{@code
 * XioAddress.of("TCP", host, "443").option("bind", source).under(XioAddress.of("OPENSSL-CLIENT"))
 * }</pre>
 *
 * @since 1.0
 */
public final class XioAddress {
    private final List<Element> elements;

    private XioAddress(List<Element> elements) {
        this.elements = elements;
    }

    /**
     * An address, or a stage of a chain.
     *
     * @param keyword its name, in any case
     * @param parameters what stands behind colons; any characters
     */
    public static XioAddress of(String keyword, String... parameters) {
        List<Text> texts = List.of(parameters).stream().map(Text::of).toList();
        Address address = new Address(keyword, texts, List.of(), Shorthand.NONE, keyword, 0);
        return new XioAddress(List.of(new Element.Single(false, address)));
    }

    /**
     * An address that is read from one place and written to another ({@code read!!write}).
     *
     * @throws IllegalArgumentException when one of them is a chain or a pair itself
     */
    public static XioAddress pair(XioAddress read, XioAddress write) {
        Element.Single from = read.single();
        Element.Single to = write.single();
        return new XioAddress(List.of(new Element.Dual(to, from, Element.Notation.READ_WRITE)));
    }

    /** The same with one more option that has no value. */
    public XioAddress option(String name) {
        return with(new AddressOption(Text.of(name), Optional.empty()));
    }

    /**
     * The same with one more option.
     *
     * @param value any characters
     */
    public XioAddress option(String name, String value) {
        return with(new AddressOption(Text.of(name), Optional.of(Text.of(value))));
    }

    /** The same the other way round ({@code ^}): a stage whose sides are swapped. */
    public XioAddress reversed() {
        Element.Single single = single();
        return new XioAddress(List.of(new Element.Single(!single.reversed(), single.address())));
    }

    /**
     * A chain: this one, or this chain, with a stage in front of it.
     *
     * @param stage a stage, or a chain of stages
     */
    public XioAddress under(XioAddress stage) {
        List<Element> all = new ArrayList<>(stage.elements);
        all.addAll(elements);
        return new XioAddress(List.copyOf(all));
    }

    /** The text that means it. */
    @Override
    public String toString() {
        return Printer.print(new Specification(elements, ""));
    }

    private XioAddress with(AddressOption option) {
        Element.Single single = single();
        Address address = single.address();
        List<AddressOption> options = new ArrayList<>(address.options());
        options.add(option);
        Address changed =
                new Address(
                        address.keyword(),
                        address.parameters(),
                        options,
                        address.shorthand(),
                        address.source(),
                        address.column());
        return new XioAddress(List.of(new Element.Single(single.reversed(), changed)));
    }

    private Element.Single single() {
        if (elements.size() == 1 && elements.getFirst() instanceof Element.Single single) {
            return single;
        }
        throw new IllegalArgumentException("this is for one address, and not for " + this);
    }
}
