package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Steps in a process of their own, as root or as an ordinary user. */
final class Steps implements AutoCloseable {
  /** Who builds. */
  enum Who {
    ROOT,
    ORDINARY_USER,
    /** As in a container: the store lies on an overlay, which can hold no upper directory. */
    ROOT_ON_AN_OVERLAY,
    /** As in a container of Docker's: root who may not mount. */
    ROOT_WITHOUT_MOUNTS;

    /** The driver that his steps run in where a test does not say. */
    String driver() {
      return this == ROOT_WITHOUT_MOUNTS ? "chroot" : "auto";
    }
  }

  private static final String OVERLAY =
      "d=$1; shift; mkdir $d/lower $d/upper $d/work; mount -t overlay overlay"
          + " -o lowerdir=$d/lower,upperdir=$d/upper,workdir=$d/work $d/steps; exec \"$@\"";

  /** Root's rights are those of the bounding set when he executes a program. */
  static final List<String> WITHOUT_MOUNTS = List.of("setpriv", "--bounding-set=-sys_admin");

  private final OrdinaryUser user;
  private final Path folder;
  private final Process process;
  private final StringBuffer errors = new StringBuffer();
  private final ObjectOutputStream orders;
  private final ObjectInputStream outcomes;

  private Steps(OrdinaryUser user, Path folder, Process process) throws IOException {
    this.user = user;
    this.folder = folder;
    this.process = process;
    Processes.drain(process.getErrorStream(), errors);
    orders = new ObjectOutputStream(process.getOutputStream());
    orders.flush();
    try {
      outcomes = new ObjectInputStream(process.getInputStream());
    } catch (IOException e) {
      throw new AssertionError("steps cannot run: " + errors, e);
    }
  }

  /** Skips the test by name where this cannot be that somebody. */
  static Steps as(Who who, String sandbox) {
    Machine.require("busybox", "tar", "unshare");
    try {
      if (who != Who.ORDINARY_USER) {
        Machine.requireRoot();
        Path folder = Files.createTempDirectory("slipway-it-steps");
        List<String> before = new ArrayList<>();
        if (who == Who.ROOT_ON_AN_OVERLAY) {
          Files.createDirectory(folder.resolve("steps"));
          before.addAll(List.of("unshare", "-m", "sh", "-ec", OVERLAY, "sh", folder.toString()));
        } else if (who == Who.ROOT_WITHOUT_MOUNTS) {
          Machine.require("setpriv");
          before.addAll(WITHOUT_MOUNTS);
        }
        return start(null, folder, before, classPath(), sandbox);
      }
      OrdinaryUser user = OrdinaryUser.required();
      Path classes = user.directory().resolve("classes");
      Path own =
          Path.of(StepProgram.class.getProtectionDomain().getCodeSource().getLocation().getPath());
      Processes.command("cp", "-r", own.toString(), classes.toString()).run().orFail();
      Processes.command("chmod", "-R", "a+rX", classes.toString()).run().orFail();
      return start(user, user.directory(), List.of(), user.jar() + ":" + classes, sandbox);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static Steps start(
      OrdinaryUser user, Path folder, List<String> before, String classPath, String sandbox)
      throws IOException {
    Processes.command("sh", "-c", Bases.BUSYBOX_ARCHIVE).in(folder).run().orFail();
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            classPath,
            StepProgram.class.getName(),
            folder.resolve("steps").toString(),
            sandbox,
            folder.resolve("root.tar").toString()));
    if (user != null) {
      OrdinaryUser.own(folder);
      return new Steps(user, folder, user.command(command).start());
    }
    return new Steps(null, folder, Processes.command(command).start());
  }

  /** Starts a step and does not wait for it. */
  void send(StepOrder order) {
    try {
      orders.writeObject(order);
      orders.flush();
    } catch (IOException e) {
      throw new AssertionError("the steps' process has failed: " + errors, e);
    }
  }

  /** Kills the process that builds, and gives it no time for anything. */
  void kill() {
    process.destroyForcibly();
  }

  /** What the command lines of its processes contain. */
  String name() {
    return folder.getFileName().toString();
  }

  StepOrder.Outcome run(StepOrder order) {
    send(order);
    try {
      return (StepOrder.Outcome) outcomes.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("the steps' process has failed: " + errors, e);
    }
  }

  /** A folder of the host that belongs to who runs the steps, and no step has business with. */
  Path hostFolder(String name) {
    try {
      Path made = Files.createDirectory(folder.resolve(name));
      Files.writeString(made.resolve("precious"), "untouched");
      if (user != null) {
        OrdinaryUser.own(made);
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test where the driver does not work on this machine. */
  Steps assumeWorking() {
    StepOrder.Outcome outcome = run(StepOrder.shell("true"));
    boolean works = outcome.exitCode() == 0;
    if (!works) {
      close(); // nobody else does: the test ends here
    }
    assumeTrue(works, "this driver does not work here: " + outcome.error() + outcome.output());
    return this;
  }

  @Override
  public void close() {
    try {
      orders.close();
      process.waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (user != null) {
      user.close();
    } else {
      Processes.command("rm", "-rf", folder.toString()).run().orFail();
    }
  }
}
