package org.jsocat.core.parse;

import java.util.List;
import java.util.Objects;

/**
 * What one command line argument says: an address, two that share the directions, or a chain of
 * such elements.
 *
 * <p>Two specifications are equal when their elements are.
 *
 * @param elements the elements from left to right, at least one; all but the last are stages
 * @param source the argument
 */
public record Specification(List<Element> elements, String source) {

    public Specification {
        Objects.requireNonNull(source, "source");
        elements = List.copyOf(elements);
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("a specification has at least one element");
        }
    }

    /** The elements before the endpoint, from left to right; none for an address of socat 1. */
    public List<Element> stages() {
        return elements.subList(0, elements.size() - 1);
    }

    /** The last element. */
    public Element endpoint() {
        return elements.getLast();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Specification specification
                && elements.equals(specification.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }
}
