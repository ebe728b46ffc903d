package org.jsocat.spi.posix;

/**
 * A moment in the local time zone, by localtime_r(3): costs nothing at start, unlike the time zone
 * data of the JDK.
 *
 * @param year for example 2026
 * @param month 1 to 12
 * @param day 1 to 31
 * @param hour 0 to 23
 * @param minute 0 to 59
 * @param second 0 to 60
 * @since 1.0
 */
public record LocalTime(int year, int month, int day, int hour, int minute, int second) {
    private static final Symbol LOCALTIME_R = new Symbol("localtime_r");

    /** A moment given in seconds since 1970. */
    public static LocalTime of(long epochSecond) {
        CallState state = CallState.current();
        state.struct.putLong(0, epochSecond);
        LOCALTIME_R.callLong(state, state.structAddress, state.structAddress + Long.BYTES, 0);
        return new LocalTime(
                field(state, 5) + 1900,
                field(state, 4) + 1,
                field(state, 3),
                field(state, 2),
                field(state, 1),
                field(state, 0));
    }

    private static int field(CallState state, int index) {
        return state.struct.getInt(Long.BYTES + index * Integer.BYTES);
    }
}
