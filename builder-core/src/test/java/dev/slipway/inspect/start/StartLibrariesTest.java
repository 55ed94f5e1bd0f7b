package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loaders and libraries. */
class StartLibrariesTest extends StartCheckFixture {
  @Test
  void aLibraryWhereNoLoaderLooksIsToldWithItsPlace() throws IOException {
    put(image, "app", 0755, program().needed("liba.so.1").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "usr/local/lib/liba.so.1", 0755, library("liba.so.1"));
    config.cmd(List.of("/app"));

    assertThat(only().advice())
        .isEqualTo(
            "it is in /usr/local/lib, where the loader does not look:"
                + " ENV LD_LIBRARY_PATH=/usr/local/lib, or RUN ldconfig /usr/local/lib");
  }

  @Test
  void aLibraryThatNobodyHasIsToldApartFromThoseThatCanBeCopied() throws IOException {
    put(image, "app", 0755, program().needed("liba.so.1").needed("libb.so.1").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(stage, "usr/lib/libb.so.1", 0755, library("libb.so.1"));
    config.cmd(List.of("/app"));

    assertThat(check())
        .extracting(StartFinding::message)
        .containsExactly(
            "\"/app\" cannot be loaded: the image lacks libb.so.1",
            "\"/app\" cannot be loaded: the image lacks liba.so.1");
    assertThat(check().get(1).advice()).startsWith("no stage has it");
  }

  @Test
  void aLoaderAndALibcOfOtherReleasesAreTold() throws IOException {
    put(image, "app", 0755, program().needed("libc.so.6").bytes());
    put(
        image,
        LOADER,
        0755,
        new TinyElf(ElfTarget.X86_64)
            .soname("ld-linux-x86-64.so.2")
            .constant("ld.so (Debian GLIBC 2.41-12) stable release version 2.41.\n")
            .bytes());
    put(
        image,
        "lib/libc.so.6",
        0755,
        new TinyElf(ElfTarget.X86_64)
            .soname("libc.so.6")
            .constant("GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.\n")
            .bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo(
            "loader \"" + LOADER + "\" is of glibc 2.41, but \"/lib/libc.so.6\" of glibc 2.36");
  }

  @Test
  void librariesOfThePreloadFileAreLoadedToo() throws IOException {
    put(image, "app", 0755, program().bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "usr/lib/libp.so", 0755, library("libp.so", "libm.so.6"));
    put(image, "etc/ld.so.preload", 0644, text("# mine\n/usr/lib/libp.so\n"));
    config.cmd(List.of("/app"));

    assertThat(only().message()).isEqualTo("\"/app\" cannot be loaded: the image lacks libm.so.6");
  }

  @Test
  void aLoaderThatIsNoneIsToldAsWhatItIs() throws IOException {
    put(image, "app", 0755, program().bytes());
    put(image, LOADER, 0755, text("#!/bin/sh\n"));
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("loader \"" + LOADER + "\" of \"/app\" is no whole ELF file");
  }

  @Test
  void anotherMachinesLoaderIsToldWithBothMachines() throws IOException {
    put(image, "app", 0755, program().bytes());
    put(image, LOADER, 0755, new TinyElf(ElfTarget.AARCH64).bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("loader \"" + LOADER + "\" of \"/app\" is for arm64, \"/app\" for amd64");
  }

  @Test
  void aLoaderAndAllLibrariesAreRepairedAtOnce() throws IOException {
    put(image, "app", 0755, program().needed("libc.so.6").needed("liba.so.1").bytes());
    put(stage, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(stage, "lib/libc.so.6", 0755, library("libc.so.6", "ld-linux-x86-64.so.2"));
    put(stage, "usr/lib/liba.so.1", 0644, library("liba.so.1", "libb.so.1"));
    put(stage, "opt/libb.so.1", 0644, library("libb.so.1", "libc.so.6"));
    config.cmd(List.of("/app"));

    StartFinding finding = only();
    assertThat(finding.message())
        .isEqualTo(
            "\"/app\" cannot be loaded: the image lacks "
                + LOADER
                + ", libc.so.6, liba.so.1, libb.so.1");
    assertThat(finding.repair())
        .containsExactly(
            "COPY --from=build " + LOADER + " /opt/libb.so.1 /lib64/",
            "COPY --from=build /lib/libc.so.6 /lib/libc.so.6",
            "COPY --from=build /usr/lib/liba.so.1 /usr/lib/liba.so.1");
  }

  @Test
  void aLibraryBesideTheProgramIsFoundByItsRunpath() throws IOException {
    put(image, "srv/app", 0755, program().needed("liba.so").runpath("$ORIGIN/lib").bytes());
    put(image, "srv/lib/liba.so", 0644, library("liba.so"));
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    config.cmd(List.of("/srv/app"));

    assertThat(check()).isEmpty();
  }

  @Test
  void aLibraryForAnotherMachineIsPassedOver() throws IOException {
    put(image, "app", 0755, program().needed("liba.so").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "lib/liba.so", 0644, new TinyElf(ElfTarget.AARCH64).soname("liba.so").bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message()).contains("lacks liba.so");
  }

  @Test
  void aLibraryThatIsNoElfFileStopsTheLoader() throws IOException {
    put(image, "app", 0755, program().needed("liba.so").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "lib/liba.so", 0644, text(""));
    put(image, "usr/lib/liba.so", 0644, library("liba.so"));
    put(stage, "lib/liba.so", 0644, library("liba.so"));
    config.cmd(List.of("/app"));

    assertThat(only().message()).contains("liba.so (\"/lib/liba.so\" is no such library)");
    assertThat(only().repair()).containsExactly("COPY --from=build /lib/liba.so /lib/liba.so");
  }

  @Test
  void aLoaderIsToldAProgram() throws IOException {
    put(image, LOADER.substring(1), 0755, library("ld-linux-x86-64.so.2"));
    put(image, "app", 0644, program().needed("libx.so").bytes());
    put(image, "opt/libx.so", 0644, library("libx.so"));

    config.cmd(List.of(LOADER, "--library-path", "/opt", "/app"));
    assertThat(check()).isEmpty();
    config.cmd(List.of(LOADER, "/app"));
    assertThat(only().message()).isEqualTo("\"/app\" cannot be loaded: the image lacks libx.so");
    config.cmd(List.of(LOADER, "/gone"));
    assertThat(only().message()).contains("which does not exist in the image");
    put(image, "script", 0755, text("#!/bin/sh\n"));
    config.cmd(List.of(LOADER, "/script"));
    assertThat(only().message()).contains("is no ELF program");
  }

  @Test
  void whatEnvAndShellsSetCountsForTheLoader() throws IOException {
    put(image, LOADER.substring(1), 0755, library("ld-linux-x86-64.so.2"));
    put(image, "app", 0755, program().needed("libx.so").bytes());
    put(image, "opt/libx.so", 0644, library("libx.so"));
    put(image, "bin/env", 0755, staticProgram());
    put(image, "bin/sh", 0755, staticProgram());

    config.cmd(List.of("env", "LD_LIBRARY_PATH=/opt", "/app"));
    assertThat(check()).isEmpty();
    config.cmd(List.of("/bin/sh", "-c", "LD_LIBRARY_PATH=/opt exec /app"));
    assertThat(check()).isEmpty();
    config.env(List.of("LD_LIBRARY_PATH=/opt")).cmd(List.of("env", "-i", "/app"));
    assertThat(only().message()).contains("lacks libx.so");
  }
}
