package org.jsocat.core.open;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.OptionValue;
import org.jsocat.core.plan.Plan;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.Settings;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contexts of addresses, as core makes them, for tests that make endpoints without an address. */
public final class OpeningFixture {
    private OpeningFixture() {}

    /** The context of an address with these flags. */
    @SafeVarargs
    public static OpenContext context(Direction direction, Logger log, Option<Boolean>... flags) {
        AddressProvider provider = List::of;
        List<OptionValue<?>> options = new ArrayList<>();
        for (Option<Boolean> flag : flags) {
            options.add(new OptionValue<>(flag, true));
        }
        Surroundings surroundings =
                new Surroundings(new Catalog(List.of(), List.of(), Map.of()), Settings.DEFAULT);
        Plan.Address address =
                new Plan.Address(
                        AddressType.named("TEST"),
                        "TEST",
                        provider,
                        "TEST",
                        List.of(),
                        options,
                        false);
        return new OpeningContext(
                address, direction, new RelayContext(surroundings, log), Optional.empty());
    }
}
