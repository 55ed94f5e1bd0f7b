package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.StepOrder.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A program in a step that asks the kernel for what leads out of it, call by call. */
@ParameterizedClass
@EnumSource(names = {"ROOT", "ORDINARY_USER"})
class SandboxSystemCallsTest extends StepsTests {
  /** Prints each call that was not refused. */
  private static final String PROGRAM =
      """
      #define _GNU_SOURCE
      #include <errno.h>
      #include <fcntl.h>
      #include <sched.h>
      #include <stdio.h>
      #include <string.h>
      #include <sys/ioctl.h>
      #include <sys/ptrace.h>
      #include <sys/socket.h>
      #include <sys/syscall.h>
      #include <sys/uio.h>
      #include <unistd.h>

      static char page[4096];

      static void try(const char *what, long result) {
        if (result >= 0) {
          printf("%s\\n", what);
        } else if (errno != EPERM && errno != ENOSYS && errno != EACCES && errno != EROFS
            && errno != EAFNOSUPPORT && errno != ENOENT && errno != ENXIO) {
          printf("%s: %s\\n", what, strerror(errno));
        }
        fflush(stdout);
      }

      static void call(const char *what, long number, long a, long b, long c, long d, long e) {
        try(what, syscall(number, a, b, c, d, e));
      }

      int main(void) {
        struct iovec here = {page, 8}, there = {(void *) 0x400000, 8};
        long p = (long) page;
        call("io_uring", 425, 1, p, 0, 0, 0);
        call("userfaultfd", 323, 0, 0, 0, 0, 0);
        call("bpf", 321, 0, p, 72, 0, 0);
        call("perf_event_open", 298, p, 0, -1, -1, 0);
        call("add_key", 248, (long) "user", (long) "k", p, 4, -3);
        call("request_key", 249, (long) "user", (long) "k", 0, -3, 0);
        call("keyctl", 250, 0, -3, 1, 0, 0);
        call("open_by_handle_at", 304, AT_FDCWD, p, 0, 0, 0);
        call("unshare of time", 272, 0x80, 0, 0, 0, 0);
        call("unshare of users", 272, CLONE_NEWUSER, 0, 0, 0, 0);
        call("unshare of mounts", 272, CLONE_NEWNS, 0, 0, 0, 0);
        call("clone of users", 56, CLONE_NEWUSER | 17, 0, 0, 0, 0);
        call("clone of mounts", 56, CLONE_NEWNS | 17, 0, 0, 0, 0);
        call("clone of networks", 56, CLONE_NEWNET | 17, 0, 0, 0, 0);
        call("clone3", 435, p, 64, 0, 0, 0);
        call("setns", 308, 0, 0, 0, 0, 0);
        call("mount", 165, (long) "x", (long) "/", (long) "tmpfs", 0, 0);
        call("fsopen", 430, (long) "tmpfs", 0, 0, 0, 0);
        call("open_tree", 428, AT_FDCWD, (long) "/", 1, 0, 0);
        call("move_mount", 429, AT_FDCWD, (long) "/", AT_FDCWD, (long) "/", 0);
        call("mount_setattr", 442, AT_FDCWD, (long) "/", 0, p, 32);
        call("pivot_root", 155, (long) "/", (long) "/", 0, 0, 0);
        call("fanotify", 300, 0, 0, 0, 0, 0);
        call("syslog", 103, 3, p, 100, 0, 0);
        call("settimeofday", 164, p, 0, 0, 0, 0);
        call("sethostname", 170, (long) "evil", 4, 0, 0, 0);
        call("kexec_load", 246, 0, 0, 0, 0, 0);
        call("finit_module", 313, 0, (long) "", 0, 0, 0);
        call("acct", 163, (long) "/tmp/acct", 0, 0, 0, 0);
        call("swapon", 167, (long) "/tmp/swap", 0, 0, 0, 0);
        call("quotactl", 179, 0, 0, 0, p, 0);
        call("iopl", 172, 3, 0, 0, 0, 0);
        call("ptrace of the first process", 101, PTRACE_SEIZE, 1, 0, 0, 0);
        try("memory of the first process", process_vm_readv(1, &here, 1, &there, 1, 0));
        call("descriptors of the first process", 438, 0, 3, 0, 0, 0);
        call("sockets of the kernel's cryptography", 41, 38, SOCK_SEQPACKET, 0, 0, 0);
        call("sockets of virtual machines", 41, 40, SOCK_STREAM, 0, 0, 0);
        const char *written[] = {"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe",
            "/proc/sysrq-trigger", "/proc/1/mem", "/proc/self/uid_map",
            "/sys/kernel/uevent_helper", "/sys/fs/cgroup/release_agent",
            "/sys/fs/cgroup/cgroup.procs", "/dev/kmsg", "/dev/mem", "/dev/fuse", "/dev/kvm"};
        for (unsigned i = 0; i < sizeof written / sizeof *written; i++) {
          int file = open(written[i], O_WRONLY);
          try(written[i], file < 0 ? -1 : write(file, "1", 1));
        }
        const char *read[] = {"/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/kcore",
            "/proc/keys", "/dev/kmsg", "/dev/mem", "/proc/1/stack"};
        for (unsigned i = 0; i < sizeof read / sizeof *read; i++) {
          int file = open(read[i], O_RDONLY);
          long count = file < 0 ? -1 : pread(file, page, 100, 0);
          if (count != 0) {
            try(read[i], count);
          }
        }
        try("terminal", open("/dev/tty", O_RDWR));
        try("input for a terminal", ioctl(0, TIOCSTI, "x") < 0 && errno == ENOTTY ? (errno = EPERM, -1) : 0);
        puts("end");
        return 0;
      }
      """;

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  @Test
  void noCallLeadsOut() throws IOException {
    assertThat(steps.run(StepOrder.program("/calls").on(program())).output()).isEqualTo("end\n");
  }

  @Test
  void noCallOfAnotherUserThanRootLeadsOut() throws IOException {
    Outcome outcome = steps.run(StepOrder.program("/calls").on(program()).as(1000, 1000));
    assertThat(outcome.output()).isEqualTo("end\n");
  }

  private static LayerTar program() throws IOException {
    Machine.require("musl-gcc");
    Path source = WORKSPACE.path("calls.c");
    Files.writeString(source, PROGRAM);
    String program = WORKSPACE.path("calls").toString();
    Processes.command("musl-gcc", "-static", "-o", program, source.toString()).run().orFail();
    return new LayerTar().file("calls", Files.readAllBytes(Path.of(program)), 0755);
  }
}
