package org.jsocat.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class TimersTest {
    private final Timers timers = new Timers();

    private static Relay relay() {
        Peer peer = Peer.stream();
        Side side = Side.plain(Endpoints.socket(peer.there()));
        peer.here().close();
        return new Relay(
                side, side, RelaySettings.DEFAULT, new RecordingLog(), (relay, status) -> {});
    }

    @Test
    void earliestFirstWhateverTheOrder() {
        Random random = new Random(1);
        List<Relay> relays = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            relays.add(relay());
            timers.schedule(relays.get(i), random.nextInt(1000));
        }
        for (int i = 0; i < 50; i++) {
            timers.schedule(relays.get(i), random.nextInt(1000));
        }
        for (int i = 0; i < 100; i += 3) {
            timers.remove(relays.get(i));
        }
        long last = Long.MIN_VALUE;
        int count = 0;
        while (timers.due(1000)) {
            Relay next = timers.poll();
            assertThat(next.timerAt).isGreaterThanOrEqualTo(last);
            last = next.timerAt;
            count++;
        }
        assertThat(count).isEqualTo(66);
        assertThat(timers.remaining(0)).isNegative();
        relays.forEach(Relay::finish);
    }

    @Test
    void anEarlierDeadlineWins() {
        Relay relay = relay();
        timers.schedule(relay, 1000);
        timers.schedule(relay, 2000);
        assertThat(timers.remaining(0)).isEqualTo(1000);
        timers.schedule(relay, 10);
        assertThat(timers.remaining(0)).isEqualTo(10);
        assertThat(timers.remaining(100)).isZero();
        timers.schedule(relay, Long.MAX_VALUE);
        timers.remove(relay);
        timers.remove(relay);
        assertThat(timers.remaining(0)).isNegative();
        relay.finish();
    }
}
