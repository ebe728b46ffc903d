package org.jsocat.core.parse;

import java.util.List;
import java.util.Objects;

/** What came of parsing an argument. */
public sealed interface Parsed {

    /**
     * The argument is well-formed.
     *
     * @param specification what it says
     * @param warnings what the reference accepts without a word but can hardly be meant, such as
     *     text behind the end of the address, which it ignores
     * @param chainProblems why the argument was not read as a chain, where it holds an operator and
     *     was taken for an address of socat 1 that {@linkplain Vocabulary#accepts is not
     *     acceptable}. Whoever then reports what is not acceptable should add these
     */
    record Success(Specification specification, List<Problem> warnings, List<Problem> chainProblems)
            implements Parsed {

        public Success {
            Objects.requireNonNull(specification, "specification");
            warnings = List.copyOf(warnings);
            chainProblems = List.copyOf(chainProblems);
        }
    }

    /**
     * The argument is malformed.
     *
     * @param problems all that was found, at least one, from left to right
     */
    record Failure(List<Problem> problems) implements Parsed {

        public Failure {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a failure has a problem");
            }
        }
    }
}
