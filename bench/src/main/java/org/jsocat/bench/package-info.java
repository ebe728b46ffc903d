/**
 * Measures: whole programs side by side ({@link org.jsocat.bench.Compare}) and single pieces of
 * code (the benchmarks, run by JMH). Nothing here is part of the program.
 */
package org.jsocat.bench;
