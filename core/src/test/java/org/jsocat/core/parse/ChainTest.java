package org.jsocat.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsocat.core.parse.ParseFixture.address;
import static org.jsocat.core.parse.ParseFixture.messages;
import static org.jsocat.core.parse.ParseFixture.problems;
import static org.jsocat.core.parse.ParseFixture.success;
import static org.jsocat.core.parse.ParseFixture.tree;
import static org.jsocat.core.parse.ParseFixture.values;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chains of socat 2, and the line between their operators and data. */
class ChainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "stdio                                ; stdio",
                "^test|pipe                           ; ^test pipe",
                "test|stdio                           ; test stdio",
                "test|pipe                            ; test pipe",
                "test|stdin                           ; test stdin",
                "^test|stdout                         ; ^test stdout",
                "testuni%testrev|pipe                 ; right(testuni) left(testrev) pipe",
                "test|test%^test|^test|stdio          ; test right(test) left(^test) ^test stdio",
                "^test|testuni%testrev|test|pipe      ; ^test right(testuni) left(testrev) test"
                        + " pipe",
                "proxy:server:9000|tcp:proxyhost:8080 ; proxy<server><9000> tcp<proxyhost><8080>",
                "^OPENSSL-SERVER,cert=c.pem|TCP:h:80  ; ^OPENSSL-SERVER{cert=c.pem} TCP<h><80>",
                "1%0                                  ; right(FD<1>) left(FD<0>)",
                "ssl,verify=0|proxy-connect:%h:443|tcp:proxy:8080 ; ssl{verify=0}"
                        + " proxy-connect<%h><443> tcp<proxy><8080>",
                "ssl,verify=0|proxy-connect:h:443|tcp:proxy:8080  ; ssl{verify=0}"
                        + " proxy-connect<h><443> tcp<proxy><8080>",
                "socks:target:22|openssl,cafile=ca.pem|proxy-connect:sockd:443|tcp:proxy:8080 ;"
                        + " socks<target><22> openssl{cafile=ca.pem} proxy-connect<sockd><443>"
                        + " tcp<proxy><8080>",
            })
    void theExamplesOfSocat2(String argument, String tree) {
        assertThat(String.join(" ", tree(argument))).isEqualTo(tree);
    }

    @Test
    void endpointDualsSayTheSameInBothNotations() {
        assertThat(tree("1%0")).isEqualTo(tree("0!!1"));
        assertThat(tree("test|1%0")).isEqualTo(tree("test|0!!1"));
        assertThat(success("1%0").specification()).isNotEqualTo(success("0!!1").specification());
        assertThat(tree("gzip%gunzip | file:a%stdin"))
                .containsExactly("right(gzip) left(gunzip)", "right(file<a>) left(stdin)");
    }

    @Test
    void stagesComeBeforeTheEndpoint() {
        Specification specification = success("nop|^test|pipe").specification();

        assertThat(specification.stages()).hasSize(2);
        assertThat(specification.endpoint().column()).isEqualTo(10);
        assertThat(success("pipe").specification().stages()).isEmpty();
    }

    @Test
    void blanksMayStandAroundOperators() {
        assertThat(tree(" nop | ^ test % testrev |  tcp:h:80,fork "))
                .isEqualTo(tree("nop|^test%testrev|tcp:h:80,fork"));
        assertThat(tree("nop\n| pipe")).containsExactly("nop", "pipe");
        assertThat(tree("nop | text:a\\ ")).containsExactly("nop", "text<a >");
        assertThat(tree("nop | text:a\\\\ ")).containsExactly("nop", "text<a\\>");
        assertThat(tree("nop | text: a b ")).containsExactly("nop", "text< a b>");
        assertThat(tree("nop | stdin !! stdout"))
                .containsExactly("nop", "right(stdout) left(stdin)");
    }

    @Test
    void operatorsAreLiteralWhereProtected() {
        assertThat(tree("nop|system:\"a | b\"")).containsExactly("nop", "system<a | b>");
        assertThat(tree("nop|system:'a | ^b'")).containsExactly("nop", "system<a | ^b>");
        assertThat(tree("nop|system:a \\| b")).containsExactly("nop", "system<a | b>");
        assertThat(tree("nop|system:(a | b%stdio)"))
                .containsExactly("nop", "system<(a | b%stdio)>");
        assertThat(tree("nop|system:{ a|b; }")).containsExactly("nop", "system<{ a|b; }>");
        assertThat(tree("nop|tcp6:[fe80::1%eth0]:80"))
                .containsExactly("nop", "tcp6<[fe80::1%eth0]><80>");
        assertThat(tree("nop|system:a ^b")).containsExactly("nop", "system<a ^b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a | b",
                "a | stdio",
                "sort|uniq",
                "cat|pipe",
                "a ^b",
                "printf %s",
                "prog%PIPE",
                "^x",
                "a||b",
                "|",
                "%",
                "x|"
            })
    void whatSocat1TakesAsACommandStays(String command) {
        for (String keyword : new String[] {"SYSTEM", "SHELL", "EXEC"}) {
            assertThat(values(address(keyword + ":" + command))).containsExactly(command);
            assertThat(values(address(keyword + ":" + command + ",pty"))).containsExactly(command);
        }
    }

    @Test
    void whatSocat1TakesAsAnAddressStays() {
        assertThat(tree("FILE:/tmp/100%")).containsExactly("FILE</tmp/100%>");
        assertThat(tree("FILE:x%STDIN")).containsExactly("FILE<x%STDIN>");
        assertThat(tree("/tmp/a|b")).containsExactly("GOPEN</tmp/a|b>");
        assertThat(tree("./gzip|/tmp/x")).containsExactly("GOPEN<./gzip|/tmp/x>");
        assertThat(tree("TCP6:[fe80::1%eth0]:80")).containsExactly("TCP6<[fe80::1%eth0]><80>");
        assertThat(tree("pipe:a|b")).containsExactly("pipe<a|b>");
        assertThat(tree("openssl:h:443,cafile=a|b")).containsExactly("openssl<h><443>{cafile=a|b}");
        assertThat(tree("-!!system:a|b")).containsExactly("right(system<a|b>) left(STDIO)");
        assertThat(tree("system:a|b!!system:c%stdio"))
                .containsExactly("right(system<c%stdio>) left(system<a|b>)");
        assertThat(tree("SYSTEM:echo \"a | b\"")).containsExactly("SYSTEM<echo a | b>");
    }

    @Test
    void whatSocat1RefusesIsAChain() {
        assertThat(tree("exec:gzip|tcp:h:80")).containsExactly("exec<gzip>", "tcp<h><80>");
        assertThat(tree("exec1:gzip|stdio")).containsExactly("exec1<gzip>", "stdio");
        assertThat(tree("exec:gzip,leftfd=5|stdio"))
                .containsExactly("exec<gzip>{leftfd=5}", "stdio");
        assertThat(tree("exec1:gzip%exec1:gunzip|pipe"))
                .containsExactly("right(exec1<gzip>) left(exec1<gunzip>)", "pipe");
        assertThat(tree("file:a%file:b")).containsExactly("right(file<a>) left(file<b>)");
        assertThat(tree("stdout%stdin")).containsExactly("right(stdout) left(stdin)");
        assertThat(tree("socks5:h:22|tcp:proxy:1080"))
                .containsExactly("socks5<h><22>", "tcp<proxy><1080>");
        assertThat(tree("^pipe")).containsExactly("^pipe");
    }

    @Test
    void aRelativeFileNameThatBeginsWithAStageIsAChain() {
        assertThat(tree("gzip|/tmp/x.gz")).containsExactly("gzip", "GOPEN</tmp/x.gz>");
        assertThat(tree("^gzip | /tmp/x.gz")).containsExactly("^gzip", "GOPEN</tmp/x.gz>");
    }

    @Test
    void aBlankInFrontMakesAChain() {
        assertThat(tree(" FILE:x%STDIN")).containsExactly("right(FILE<x>) left(STDIN)");
        assertThat(tree(" exec:gzip|stdio")).containsExactly("exec<gzip>", "stdio");
    }

    @Test
    void percentInAParameterOfAChainNeedsAnAddressBehindIt() {
        assertThat(tree("nop|file:100%")).containsExactly("nop", "file<100%>");
        assertThat(tree("nop|file:a%b")).containsExactly("nop", "file<a%b>");
        assertThat(tree("nop|file:a%stdin")).containsExactly("nop", "right(file<a>) left(stdin)");
        assertThat(tree("nop|file:a % ^stdin"))
                .containsExactly("nop", "right(file<a>) left(^stdin)");
        assertThat(tree("nop|file:a%0")).containsExactly("nop", "right(file<a>) left(FD<0>)");
        assertThat(tree("nop|file:a%-")).containsExactly("nop", "right(file<a>) left(STDIO)");
        assertThat(tree("nop|tcp:fe80::1%2:80")).containsExactly("nop", "tcp<fe80><><1%2><80>");
        assertThat(tree("nop|/tmp/100%")).containsExactly("nop", "GOPEN</tmp/100%>");
    }

    @Test
    void misspeltKeywordsOfAChainAreAllTold() {
        assertThat(messages("tset|stdoi"))
                .containsExactly(
                        "unknown device/address \"tset\"", "unknown device/address \"stdoi\"");
        assertThat(problems("tset|stdoi").get(1).column()).isEqualTo(5);
        assertThat(problems("tset|stdoi").getFirst().expected()).contains("\"test\"");
        assertThat(messages("gzip%gunzp|pipe")).containsExactly("unknown device/address \"gunzp\"");
        assertThat(messages("nop|SYSTEM:a | b")).containsExactly("unknown device/address \"b\"");
    }

    @Test
    void operatorsNeedAddresses() {
        assertThat(messages("nop|")).containsExactly("missing address at the end");
        assertThat(messages("|nop")).containsExactly("missing address before \"|\"");
        assertThat(messages("nop||pipe")).containsExactly("missing address before \"|\"");
        assertThat(messages("nop|^")).containsExactly("missing address at the end");
        assertThat(messages("^^nop")).containsExactly("unknown device/address \"^nop\"");
        assertThat(messages("gzip%gunzip%nop|pipe")).containsExactly("unexpected \"%\"");
        assertThat(messages("stdin!!stdout%pipe")).containsExactly("unexpected \"%\"");
        assertThat(messages("nop!!nop|pipe")).containsExactly("unexpected \"|\"");
        assertThat(messages("nop|stdio,=x")).containsExactly("syntax error in \"=x\"");
    }

    @Test
    void whereBothReadingsFailThePlainOneIsKeptWithTheReason() {
        Parsed.Success wrongOption = success("SYSTEM:a | b,reusadr");
        assertThat(wrongOption.chainProblems())
                .extracting(Problem::message)
                .containsExactly("unknown device/address \"b\"");
        assertThat(tree("SYSTEM:a | b,reusadr")).containsExactly("SYSTEM<a | b>{reusadr}");

        assertThat(success("proxy:h:9000|tpc:p:8080").chainProblems().getFirst().line())
                .isEqualTo("unknown device/address \"tpc\" (column 14); did you mean \"tcp\"?");
        assertThat(success("SYSTEM:a | b").chainProblems()).isEmpty();
        assertThat(success("tcp:h").chainProblems()).isEmpty();
    }
}
