package dev.slipway.inspect.start;

import dev.slipway.inspect.start.SymbolVersions.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A base image that people know, and what it brings along.
 *
 * @param glibc the version it has, or null
 * @param libraries beside those of glibc
 */
record BaseImage(
    String name,
    CLibrary cLibrary,
    @Nullable Version glibc,
    Set<String> libraries,
    boolean shell,
    boolean certificates,
    boolean timeZones) {

  private static final Set<String> SSL = Set.of("libssl.so.3", "libcrypto.so.3");
  private static final Set<String> CC =
      Set.of("libssl.so.3", "libcrypto.so.3", "libgcc_s.so.1", "libstdc++.so.6", "libgomp.so.1");

  /** What every Debian has, by its essential packages. */
  private static final Set<String> DEBIAN =
      Set.of(
          "libgcc_s.so.1",
          "libstdc++.so.6",
          "libz.so.1",
          "liblzma.so.5",
          "libbz2.so.1.0",
          "libzstd.so.1",
          "liblz4.so.1",
          "libcrypt.so.1",
          "libselinux.so.1",
          "libpcre2-8.so.0",
          "libtinfo.so.6",
          "libacl.so.1",
          "libcap.so.2",
          "libblkid.so.1",
          "libmount.so.1",
          "libuuid.so.1",
          "libudev.so.1",
          "libsystemd.so.0",
          "libgcrypt.so.20",
          "libgnutls.so.30");

  private static final Version DEBIAN_12 = new Version(2, 36);
  private static final Version DEBIAN_13 = new Version(2, 41);
  private static final Version UBUNTU_24 = new Version(2, 39);

  /** From the smallest. */
  static final List<BaseImage> KNOWN =
      List.of(
          bare("scratch", false, false),
          bare("busybox:musl", true, false),
          distroless("static-debian12", null, Set.of()),
          new BaseImage("busybox:glibc", CLibrary.GLIBC, DEBIAN_12, Set.of(), true, false, false),
          new BaseImage("alpine", CLibrary.MUSL, null, Set.of("libz.so.1"), true, true, false),
          distroless("base-nossl-debian12", DEBIAN_12, Set.of()),
          distroless("base-nossl-debian13", DEBIAN_13, Set.of()),
          distroless("base-debian12", DEBIAN_12, SSL),
          distroless("base-debian13", DEBIAN_13, SSL),
          distroless("cc-debian12", DEBIAN_12, CC),
          distroless("cc-debian13", DEBIAN_13, CC),
          debian("debian:12-slim", DEBIAN_12),
          debian("ubuntu:24.04", UBUNTU_24),
          debian("debian:13-slim", DEBIAN_13));

  private static BaseImage bare(String name, boolean shell, boolean more) {
    return new BaseImage(name, CLibrary.NONE, null, Set.of(), shell, more, more);
  }

  private static BaseImage distroless(String name, @Nullable Version glibc, Set<String> libraries) {
    return new BaseImage(
        "gcr.io/distroless/" + name,
        glibc == null ? CLibrary.NONE : CLibrary.GLIBC,
        glibc,
        libraries,
        false,
        true,
        true);
  }

  private static BaseImage debian(String name, Version glibc) {
    return new BaseImage(name, CLibrary.GLIBC, glibc, DEBIAN, true, false, true);
  }

  /** Whether it has all but perhaps some libraries, which can be copied. */
  boolean suits(RuntimeNeeds needs) {
    return (!needs.shell() || shell)
        && (!needs.certificates() || certificates)
        && (!needs.timeZones() || timeZones)
        && (needs.cLibrary() == CLibrary.NONE
            || needs.cLibrary() == cLibrary && isNewEnough(needs));
  }

  private boolean isNewEnough(RuntimeNeeds needs) {
    Version wanted = needs.glibc() == null ? null : Version.parse(needs.glibc());
    return wanted == null || glibc == null || glibc.compareTo(wanted) >= 0;
  }

  /** The libraries that it does not have, in order. */
  List<String> lacking(RuntimeNeeds needs) {
    List<String> lacking = new ArrayList<>(needs.libraries());
    lacking.removeAll(libraries);
    return lacking;
  }

  /** Names the distributions with a glibc that is new enough, for people. */
  static String withGlibc(Version version) {
    List<String> names = new ArrayList<>();
    for (BaseImage base : KNOWN) {
      if (base.shell
          && base.libraries == DEBIAN
          && base.glibc != null
          && base.glibc.compareTo(version) >= 0) {
        names.add(base.name);
      }
    }
    return names.isEmpty() ? "a newer distribution" : String.join(" or ", names);
  }
}
