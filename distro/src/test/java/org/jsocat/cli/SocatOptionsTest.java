package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.cli.Invocation.Action;
import org.jsocat.cli.Invocation.Lock;
import org.jsocat.spi.Direction;
import org.jsocat.spi.IpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class SocatOptionsTest {
    private static Invocation read(Map<String, String> environment, String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("left");
        words.add("right");
        return SocatOptions.parse("socat", words, environment);
    }

    private static Invocation accepted(String... options) {
        Invocation invocation = read(Map.of(), options);
        assertThat(invocation.mistakes()).isEmpty();
        assertThat(invocation.addresses()).containsExactly("left", "right");
        return invocation;
    }

    private static List<String> mistakes(String... options) {
        return read(Map.of(), options).mistakes().stream().map(Throwable::getMessage).toList();
    }

    @Test
    void nothingIsNeeded() {
        Invocation invocation = accepted();
        assertThat(invocation.action()).isEqualTo(Action.RELAY);
        assertThat(invocation.threshold()).isEqualTo(Level.WARN);
        assertThat(invocation.direction()).isEqualTo(Direction.BOTH);
        assertThat(invocation.closeTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(invocation.inactivityTimeout()).isEmpty();
        assertThat(invocation.settings().bufferSize()).isEqualTo(8192);
        assertThat(invocation.log().stderr()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "-d0,ERROR",
        "-d1,WARN",
        "-d2,INFO",
        "-d3,DEBUG",
        "-d4,TRACE",
        "-d,WARN",
        "-dd,INFO",
        "-ddd,DEBUG",
        "-dddd,TRACE",
        "-ddddddd,TRACE",
        "-d -d,INFO",
        "-dd -d -d,TRACE",
        "-d2 -d,DEBUG",
        "-dddd -d0,ERROR"
    })
    void levels(String options, Level level) {
        assertThat(accepted(options.split(" ")).threshold()).isEqualTo(level);
    }

    @Test
    void valuesAreAttachedOrFollow() {
        assertThat(accepted("-t0.25").closeTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(accepted("-t", "0.25").closeTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(accepted("-b16").bufferSize()).isEqualTo(16);
        assertThat(accepted("-b", "0x10").bufferSize()).isEqualTo(16);
        assertThat(accepted("-b020").settings().bufferSize()).isEqualTo(16);
        assertThat(accepted("-S0xffffffffffffffff").signals()).isEqualTo(-1);
        assertThat(accepted("-r", "file").rawLeft()).contains("file");
        assertThat(accepted("-Rfile").rawRight()).contains("file");
        assertThat(accepted("-L", "lock").lock()).contains(new Lock("lock", false));
        assertThat(accepted("-Wlock").lock()).contains(new Lock("lock", true));
        assertThat(accepted("--plugin-path=a:b").pluginPath()).contains("a:b");
    }

    @Test
    void aValueMayLookLikeAnOption() {
        Invocation invocation = accepted("-lp", "-dd", "-r", "-u", "-lf", "-ls");
        assertThat(invocation.settings().programName()).isEqualTo("-dd");
        assertThat(invocation.threshold()).isEqualTo(Level.WARN);
        assertThat(invocation.direction()).isEqualTo(Direction.BOTH);
        assertThat(invocation.rawLeft()).contains("-u");
        assertThat(invocation.log().file()).contains("-ls");
    }

    @Test
    void theLastOfSeveralValuesCounts() {
        assertThat(accepted("-t1", "-t2").closeTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "1e1,10",
        "2,2",
        "' 3',3",
        "inf,2147483647",
        "1e400,2147483647",
        "99999999999,2147483647",
        "1e-400,0"
    })
    void times(String text, long seconds) {
        assertThat(accepted("-t", text).closeTimeout()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aNegativeInactivityTimeoutIsNone() {
        assertThat(accepted("-T", "-1").inactivityTimeout()).isEmpty();
        assertThat(accepted("-T0").inactivityTimeout()).contains(Duration.ZERO);
    }

    @Test
    void whatSocatGoesOnAfterAnAddress() {
        for (String address : List.of("-", "-,crnl", "-:x", "-!!-", "-%nop", "-|nop")) {
            Invocation invocation =
                    SocatOptions.parse("socat", List.of("-u", address, "-"), Map.of());
            assertThat(invocation.mistakes()).isEmpty();
            assertThat(invocation.addresses()).containsExactly(address, "-");
        }
        assertThat(SocatOptions.parse("socat", List.of("a", "-u"), Map.of()).addresses())
                .containsExactly("a", "-u");
    }

    @ParameterizedTest
    @CsvSource({
        "-h,HELP",
        "-?,HELP",
        "-help,HELP",
        "-hh,HELP_OPTIONS",
        "-??,HELP_OPTIONS",
        "-hhh,HELP_ALL",
        "-?h?,HELP_ALL",
        "-V,VERSION"
    })
    void textsAreAnsweredAtOnce(String option, Action action) {
        Invocation invocation = SocatOptions.parse("socat", List.of("-d", option, "-q"), Map.of());
        assertThat(invocation.mistakes()).isEmpty();
        assertThat(invocation.action()).isEqualTo(action);
    }

    @Test
    void versionsOfTheInternetProtocol() {
        Map<String, String> environment =
                Map.of("SOCAT_DEFAULT_LISTEN_IP", "6", "SOCAT_PREFERRED_RESOLVE_IP", "0");
        assertThat(read(environment).settings().listenVersion()).isEqualTo(IpVersion.IPV6);
        assertThat(read(environment).settings().resolveVersion()).isEqualTo(IpVersion.ANY);
        assertThat(read(environment, "-4").settings().listenVersion()).isEqualTo(IpVersion.IPV4);
        assertThat(read(environment, "-4").settings().resolveVersion()).isEqualTo(IpVersion.IPV4);
        assertThat(accepted("-6", "-0").settings().listenVersion()).isEqualTo(IpVersion.ANY);
    }

    @Test
    void logsGoToAFileAndToSyslog() {
        Invocation both = accepted("-lylocal3", "-lf", "file");
        assertThat(both.log().syslog()).contains("local3");
        assertThat(both.log().file()).contains("file");
        Invocation syslog = accepted("-lf", "file", "-ly");
        assertThat(syslog.log().syslog()).contains("daemon");
        assertThat(syslog.log().file()).isEmpty();
        assertThat(syslog.log().stderr()).isFalse();
        Invocation mixed = accepted("-lmuser");
        assertThat(mixed.log().stderr()).isTrue();
        assertThat(mixed.log().later()).contains("user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-q",
                "-dx",
                "-d5",
                "-d-1",
                "-lx",
                "-b0",
                "-bx",
                "-b-1",
                "-b18446744073709551616",
                "-S-1",
                "-Sx",
                "-tx",
                "-t-1",
                "-tnan",
                "-Tx",
                "-uU",
                "-vx",
                "-Dx",
                "-VX",
                "-lynone",
                "-lmnone",
                "--help",
                "--",
                "-44",
                "-b0x",
                "-b0x-1",
                "-b09"
            })
    void mistakesAreRefused(String option) {
        assertThat(mistakes(option))
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).doesNotContain("\n"));
    }

    @Test
    void wordsOfTheReference() {
        assertThat(mistakes("-q"))
                .containsExactly("unknown option \"-q\"; use option \"-h\" for help");
        assertThat(mistakes("-lx"))
                .containsExactly("unknown log option \"-lx\"; use option \"-h\" for help");
        assertThat(mistakes("-uU"))
                .containsExactly(
                        "Do not merge single character options, i.e. use \"-u -U\" instead of"
                                + " \"-uU\"");
        assertThat(mistakes("-u", "-U")).containsExactly("-U and -u must not be combined");
        assertThat(mistakes("-La", "-Wb")).containsExactly("only one -L and -W option allowed");
        assertThat(mistakes("--statistic"))
                .containsExactly("unknown option \"--statistic\"; did you mean \"--statistics\"?");
        for (String option :
                List.of("-b", "-t", "-T", "-S", "-r", "-R", "-L", "-W", "-lf", "-lp")) {
            Invocation invocation = SocatOptions.parse("socat", List.of(option), Map.of());
            assertThat(invocation.mistakes())
                    .extracting(Throwable::getMessage)
                    .containsExactly(
                            "option "
                                    + option
                                    + " requires an argument; use option \"-h\" for help");
        }
        assertThat(SocatOptions.parse("socat", List.of("a", "b", "c"), Map.of()).mistakes())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "exactly 2 addresses required (there are 3); use option \"-h\" for help");
    }

    @Test
    void allMistakesAreTold() {
        assertThat(mistakes("-q", "-b0", "-tx", "-u", "-U", "-lynone")).hasSize(5);
    }

    @Test
    void helpListsEveryOption() {
        StringBuilder help = new StringBuilder();
        SocatOptions.help(help);
        assertThat(SocatOptions.names()).doesNotHaveDuplicates();
        for (String name : SocatOptions.names()) {
            assertThat(help.toString())
                    .containsPattern("[ |]" + java.util.regex.Pattern.quote(name) + "[^a-zA-Z0-9]");
        }
    }
}
