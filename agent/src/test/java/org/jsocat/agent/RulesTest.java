package org.jsocat.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Rules for connections: what they fit, and what is wrong with them. */
final class RulesTest {
    @Test
    void theFirstThatFitsHolds() {
        Rules rules =
                new Rules(
                        List.of(
                                "# of the office",
                                "",
                                "www.inner.example:443 = direct",
                                "*.inner.example:* = TCP:gate:1",
                                "10.*:8000-8999=TCP:gate:2",
                                "[::1]:* = TCP:gate:3,nodelay",
                                "*:25 = EXEC:mail %h:%p"));
        assertThat(rules.chain("www.inner.example", 443)).isEmpty();
        assertThat(rules.chain("WWW.inner.example", 80)).contains("TCP:gate:1");
        assertThat(rules.chain("inner.example", 80)).isEmpty();
        assertThat(rules.chain("10.1.2.3", 7999)).isEmpty();
        assertThat(rules.chain("10.1.2.3", 8000)).contains("TCP:gate:2");
        assertThat(rules.chain("10.1.2.3", 8999)).contains("TCP:gate:2");
        assertThat(rules.chain("10.1.2.3", 9000)).isEmpty();
        assertThat(rules.chain("::1", 9)).contains("TCP:gate:3,nodelay");
        assertThat(rules.chain("any.where", 25)).contains("EXEC:mail %h:%p");
        assertThat(rules.chain("innerXexample", 80)).isEmpty();
    }

    @Test
    void oneThatIsWrongIsNamed() {
        for (String wrong : List.of("host = TCP:a:1", "host:1", "host:1 =", ":1 = TCP:a:1")) {
            assertThatThrownBy(() -> new Rules(List.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rule \"" + wrong + "\": it is not of the form HOST:PORT = CHAIN");
        }
        assertThatThrownBy(() -> new Rules(List.of("host:http = TCP:a:1")))
                .hasMessageContaining("its port is no number, no range and no *");
    }
}
