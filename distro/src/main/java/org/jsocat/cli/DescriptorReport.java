package org.jsocat.cli;

import org.jsocat.cli.descriptors.Inspector;
import org.jsocat.cli.descriptors.LongForm;
import org.jsocat.spi.Endpoint;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What {@code -D} prints: the descriptors of a relay, in filan's long form. */
final class DescriptorReport {
    private DescriptorReport() {}

    /** The report on two open endpoints; what cannot be found out is told apart. */
    static String of(Endpoint left, Endpoint right, Consumer<String> warnings) {
        Set<Integer> descriptors = new LinkedHashSet<>();
        descriptors.add(left.readDescriptor());
        descriptors.add(left.writeDescriptor());
        descriptors.add(right.readDescriptor());
        descriptors.add(right.writeDescriptor());
        descriptors.remove(Endpoint.NONE);
        Inspector inspector = new Inspector(warnings);
        LongForm form = new LongForm(false);
        descriptors.forEach(fd -> inspector.descriptor(fd).ifPresent(form::add));
        return form.text();
    }
}
