/**
 * Plugin exec: programs, and the options that change what a process is allowed to do.
 *
 * @provides org.jsocat.spi.AddressProvider EXEC, SYSTEM, SHELL, EXEC1, SYSTEM1
 * @provides org.jsocat.spi.OptionGroup EXEC, FORK, PARENT, PROCESS, SHELL, STAGE
 */
module org.jsocat.plugin.exec {
    requires org.jsocat.plugin.pty;
    requires org.jsocat.plugin.socket;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.exec.ExecProvider;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.exec.ExecOptions,
            org.jsocat.plugin.exec.ForkOptions,
            org.jsocat.plugin.exec.ParentOptions,
            org.jsocat.plugin.exec.ProcessOptions,
            org.jsocat.plugin.exec.ShellOptions,
            org.jsocat.plugin.exec.StageOptions;
}
