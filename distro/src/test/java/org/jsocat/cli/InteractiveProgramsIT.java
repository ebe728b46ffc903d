package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.regex.Pattern;

/** Programs that want a terminal, driven through TCP. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class InteractiveProgramsIT {
    private static final String LISTENER = "TCP4-LISTEN:0,bind=127.0.0.1,fork";
    private static final String CONTROL_C = "\u0003";

    @Test
    void pythonAnswersIsInterruptedAndLeaves() throws Exception {
        assumeTrue(RunningSocat.isThere("python3"), "python3 is missing");
        try (RunningSocat socat =
                        RunningSocat.start(
                                LISTENER, "EXEC:python3 -i,pty,setsid,ctty,echo=0,stderr");
                Conversation python = RunningSocat.connect(socat.port())) {
            python.hear(">>> ");
            python.say("6*7\n");
            assertThat(python.hear(">>> ")).isEqualTo("42\r\n>>> ");
            python.say("import time; print('asleep'); time.sleep(600)\n");
            python.hear("asleep\r\n");
            python.say(CONTROL_C);
            assertThat(python.hear(">>> ")).contains("KeyboardInterrupt");
            python.say("'still ' + 'here'\n");
            assertThat(python.hear(">>> ")).startsWith("'still here'");
            python.say("exit()\n");
            assertThat(python.rest()).isEmpty();
            socat.await(Pattern.compile("exiting with status 0"));
            assertThat(socat.children()).isEmpty();
        }
    }

    @Test
    void bashHasJobsIsInterruptedAndLeaves() throws Exception {
        assumeTrue(RunningSocat.isThere("bash"), "bash is missing");
        try (RunningSocat socat =
                        RunningSocat.start(
                                LISTENER, "EXEC:bash --norc -i,pty,stderr,setsid,sigint,ctty");
                Conversation bash = RunningSocat.connect(socat.port())) {
            bash.say("PS1='ready''> '; bind 'set enable-bracketed-paste off'; stty -echo\n");
            bash.hear("ready> ");
            bash.say("echo $((6*7)); tty\n");
            assertThat(bash.hear("/dev/pts/")).contains("42");
            bash.say("sh -c 'echo asl''eep; sleep 600'\n");
            bash.hear("asleep");
            bash.say(CONTROL_C);
            bash.hear("ready> "); // what is typed before goes with the interrupted line
            bash.say("echo status $?.\n");
            bash.hear("status 130.");
            bash.say("sleep 600 & jobs; kill %1; wait %1; echo ended $?.\n");
            assertThat(bash.hear("ended 143.")).contains("Running").contains("sleep 600");
            bash.say("exit 3\n");
            bash.rest();
            socat.await(Pattern.compile("child \\d+ exited with status 3"));
            socat.await(Pattern.compile("exiting with status 1"));
            assertThat(socat.children()).isEmpty();
        }
    }
}
