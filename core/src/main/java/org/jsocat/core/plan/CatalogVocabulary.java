package org.jsocat.core.plan;

import org.jsocat.core.parse.Address;
import org.jsocat.core.parse.AddressOption;
import org.jsocat.core.parse.Text;
import org.jsocat.core.parse.Vocabulary;
import org.jsocat.spi.AddressType;

import java.util.Optional;

/** Answers the parser's questions from the catalog. */
record CatalogVocabulary(Catalog catalog) implements Vocabulary {
    @Override
    public boolean isKeyword(String name) {
        return catalog.isKeyword(name);
    }

    @Override
    public boolean accepts(Address address) {
        Optional<AddressType> type = catalog.address(address.keyword()).map(Catalog.Entry::type);
        if (type.isEmpty() || type.get().endpoint().isEmpty()) {
            return false;
        }
        AddressType.Parameters parameters = type.get().endpoint().get().parameters();
        if (!parameters.accepts(address.parameters().size())) {
            return false;
        }
        for (Text parameter : address.parameters()) {
            if (!parameters.freeText() && parameter.hasBareOperator()) {
                return false;
            }
        }
        for (AddressOption option : address.options()) {
            if (catalog.option(option.name().value()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Iterable<String> keywords() {
        return catalog.keywords().keySet();
    }
}
