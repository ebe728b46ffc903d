/**
 * Plugin filter: stages that look at or change the bytes that pass.
 *
 * @provides org.jsocat.spi.AddressProvider NOP, TEST, TESTUNI, TESTREV, GZIP, GUNZIP, RECODE,
 *     TELNET
 * @provides org.jsocat.spi.OptionGroup GZIP, RECODE
 */
module org.jsocat.plugin.filter {
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.filter.FilterStages;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.filter.GzipOptions,
            org.jsocat.plugin.filter.RecodeOptions;
}
