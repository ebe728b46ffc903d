package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PollerTest {

    @Test
    void pollTellsEachPlace() {
        try (Pipe a = Pipe.open(0);
                Pipe b = Pipe.open(0)) {
            Poller poller = new Poller(3);
            assertThat(poller.poll(0)).isZero();
            poller.set(0, a.reader().number(), Linux.POLLIN);
            poller.set(2, b.writer().number(), Linux.POLLOUT);
            assertThat(poller.poll(-1)).isEqualTo(1);
            assertThat(poller.events(0)).isZero();
            assertThat(poller.events(1)).isZero();
            assertThat(poller.events(2)).isEqualTo(Linux.POLLOUT);

            Libc.write(a.writer().number(), new byte[1], 0, 1);
            b.reader().close();
            assertThat(poller.poll(1_000_000_000L)).isEqualTo(2);
            assertThat(poller.events(0)).isEqualTo(Linux.POLLIN);
            assertThat(poller.events(2)).isEqualTo(Linux.POLLOUT | Linux.POLLERR);

            poller.clear(2);
            poller.set(0, a.reader().number(), 0);
            assertThat(poller.poll(0)).isZero();
            a.writer().close();
            assertThat(poller.poll(-1)).isEqualTo(1);
            assertThat(poller.events(0)).isEqualTo(Linux.POLLHUP);
        }
    }

    @Test
    void pollKeepsItsTime() {
        long start = System.nanoTime();
        assertThat(new Poller(0).poll(20_500_000)).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_500_000);
    }

    @Test
    void placesAreChecked() {
        assertThatThrownBy(() -> new Poller(1).set(1, 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Poller(1).events(-1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void epollTellsTokens() {
        try (Epoll epoll = new Epoll(4);
                Pipe a = Pipe.open(0);
                Pipe b = Pipe.open(0)) {
            assertThat(epoll.add(a.reader().number(), Linux.EPOLLIN, 0x1234_5678_9abc_def0L))
                    .isZero();
            assertThat(epoll.add(b.reader().number(), Linux.EPOLLIN, -1)).isZero();
            assertThat(epoll.add(b.reader().number(), Linux.EPOLLIN, -1)).isEqualTo(-Errno.EEXIST);
            assertThat(epoll.await(0)).isZero();
            Libc.write(a.writer().number(), new byte[1], 0, 1);
            assertThat(epoll.await(-1)).isEqualTo(1);
            assertThat(epoll.token(0)).isEqualTo(0x1234_5678_9abc_def0L);
            assertThat(epoll.events(0)).isEqualTo(Linux.EPOLLIN);

            Libc.write(b.writer().number(), new byte[1], 0, 1);
            assertThat(epoll.await(-1)).isEqualTo(2);
            assertThat(epoll.token(0) ^ epoll.token(1)).isEqualTo(~0x1234_5678_9abc_def0L);

            assertThat(epoll.modify(a.reader().number(), 0, 7)).isZero();
            assertThat(epoll.remove(b.reader().number())).isZero();
            assertThat(epoll.remove(b.reader().number())).isEqualTo(-Errno.ENOENT);
            assertThat(epoll.await(0)).isZero();
            assertThat(Libc.poll(epoll.fd().number(), Linux.POLLIN, 0)).isZero();
        }
    }

    @Test
    void eventFdWakes() throws InterruptedException {
        try (EventFd event = new EventFd();
                Epoll epoll = new Epoll(1)) {
            epoll.add(event.fd().number(), Linux.EPOLLIN, 1);
            Thread waker = Thread.ofPlatform().start(event::signal);
            assertThat(epoll.await(-1)).isEqualTo(1);
            waker.join();
            event.signal();
            assertThat(event.clear()).isEqualTo(2);
            assertThat(event.clear()).isZero();
            assertThat(epoll.await(0)).isZero();
        }
    }

    @Test
    void pipesHaveASize() {
        try (Pipe pipe = Pipe.open(Linux.O_NONBLOCK)) {
            assertThat(pipe.size()).isPositive();
            assertThat(pipe.resize(5000)).isGreaterThanOrEqualTo(8192);
            assertThat(pipe.reader().isNonBlocking()).isTrue();
        }
    }
}
