package org.jsocat.core.parse;

/** The ways to write an address without its keyword. */
public enum Shorthand {
    /** The keyword is there. */
    NONE("", ""),
    /** {@code -} for STDIO. */
    STDIO("STDIO", ""),
    /** Digits alone for FD. */
    FILE_DESCRIPTOR("FD", "file descriptor"),
    /** Something with a slash for GOPEN. */
    FILE_NAME("GOPEN", "file name");

    private final String keyword;
    private final String reading;

    Shorthand(String keyword, String reading) {
        this.keyword = keyword;
        this.reading = reading;
    }

    /** The keyword that it stands for; empty for {@link #NONE}. */
    public String keyword() {
        return keyword;
    }

    /**
     * What the reference's line {@code interpreting address "..." as ...} says; empty where it
     * prints none.
     */
    public String reading() {
        return reading;
    }
}
