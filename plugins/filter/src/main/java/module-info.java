/**
 * Plugin filter: stages that look at or change the bytes that pass.
 *
 * @provides org.jsocat.spi.AddressProvider NOP, TEST, TESTUNI, TESTREV
 */
module org.jsocat.plugin.filter {
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.filter.FilterStages;
}
