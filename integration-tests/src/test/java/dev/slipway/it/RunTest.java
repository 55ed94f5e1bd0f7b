package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.slipway.BuildRequest;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test whose builds run commands: {@code FROM busybox} means a base that Slipway made. */
abstract class RunTest extends BuildTest {
  static final String ACCOUNTS = "FROM busybox\n" + ACCOUNT_FILES;

  private Path base;

  @BeforeEach
  void makeBase() {
    Machine.require("unshare");
    base = Bases.busybox();
  }

  /** An ordinary user's store holds what only his subordinate ids can delete. */
  @AfterEach
  void deleteStore() {
    if (!Machine.isRoot() && Files.exists(workspace().store())) {
      OrdinaryUser.delete(workspace().store());
    }
  }

  /** The driver that these tests are about; another process may be told which. */
  static String sandbox() {
    return System.getenv().getOrDefault("SLIPWAY_IT_SANDBOX", "auto");
  }

  /** Skips what can only be had by a mount or a namespace, where the driver makes none. */
  static void requireNamespaces(String what) {
    assumeFalse(sandbox().equals("chroot"), what + " takes namespaces");
  }

  /** What every request of these tests says. */
  void withBase(BuildRequest.Builder request) {
    request.namedContext("busybox", "oci-layout://" + base).sandbox(sandbox());
  }

  @Override
  protected BuiltImage build(String dockerfile) {
    return build(dockerfile, request -> {});
  }

  @Override
  protected BuiltImage build(String dockerfile, Consumer<BuildRequest.Builder> more) {
    Consumer<BuildRequest.Builder> based = this::withBase;
    return super.build(dockerfile, based.andThen(more));
  }

  @Override
  protected BuildException failure(String dockerfile) {
    return failure(dockerfile, request -> {});
  }

  @Override
  protected BuildException failure(String dockerfile, Consumer<BuildRequest.Builder> more) {
    Consumer<BuildRequest.Builder> based = this::withBase;
    return super.failure(dockerfile, based.andThen(more));
  }
}
