package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfDynamic;
import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfSymbols;
import dev.slipway.inspect.start.ImageFiles.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a program asks for by name once it runs: name services, character sets, certificates. None
 * of it keeps the program from being started, so all of it is told as a hint.
 */
final class LaterNeeds {
  private static final Set<String> RESOLVES =
      Set.of(
          "getaddrinfo", "gethostbyname", "gethostbyname_r", "gethostbyname2_r", "gethostbyaddr_r");
  private static final Set<String> ENDS_THREADS = Set.of("pthread_cancel", "pthread_exit");
  private static final Set<String> CONVERTS = Set.of("iconv_open");
  private static final List<String> TLS =
      List.of("libssl.so.", "libgnutls.so.", "libmbedtls.so.", "libwolfssl.so.");

  /** From this one on glibc looks up files and DNS without further libraries. */
  private static final SymbolVersions.Version SELF_CONTAINED = new SymbolVersions.Version(2, 34);

  /** Where programs look for certificates, and what a static one that does so has in it. */
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem");

  private final Inspection inspection;
  private final LoadedProgram program;
  private final LibraryRepairs repairs;
  private final String name;

  private LaterNeeds(
      Inspection inspection, LoadedProgram program, LibraryRepairs repairs, String name) {
    this.inspection = inspection;
    this.program = program;
    this.repairs = repairs;
    this.name = name;
  }

  static void ofStatic(Inspection inspection, Found program, ElfFile elf, String name) {
    if (TextSearch.holds(program.file(), elf, BUNDLES)) {
      certificates(inspection, name);
    }
  }

  static void ofDynamic(
      Inspection inspection, LoadedProgram program, LibraryRepairs repairs, String name) {
    LaterNeeds needs = new LaterNeeds(inspection, program, repairs, name);
    for (String library : program.byName().keySet()) {
      if (TLS.stream().anyMatch(library::startsWith)) {
        certificates(inspection, name);
        break;
      }
    }
    if (!program.isMusl()) {
      needs.lookUp();
    }
  }

  private void lookUp() {
    Set<String> imports = new HashSet<>();
    for (LoadedObject object : program.objects()) {
      if (!object.isGlibc()) {
        imports.addAll(imports(object));
      }
    }
    if (!Collections.disjoint(imports, RESOLVES) && isOlder(SELF_CONTAINED)) {
      want(
          "looks up host names, for which its glibc loads",
          List.of("libnss_files.so.2", "libnss_dns.so.2"));
    }
    if (!Collections.disjoint(imports, ENDS_THREADS)) {
      want("may end threads, for which glibc loads", List.of("libgcc_s.so.1"));
    }
    if (!Collections.disjoint(imports(program.program()), CONVERTS)) {
      characterSets();
    }
  }

  private Set<String> imports(LoadedObject object) {
    Optional<Found> file = inspection.libraries().file(object.path());
    if (file.isEmpty() || !inspection.libraries().isAtHand(file.get().file())) {
      return Set.of();
    }
    Set<String> names = new HashSet<>(RESOLVES);
    names.addAll(ENDS_THREADS);
    names.addAll(CONVERTS);
    try (ContentBytes bytes = new ContentBytes(file.get().file().content())) {
      ElfSymbols symbols = ElfSymbols.read(bytes);
      return symbols == null ? Set.of() : symbols.imported(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where nothing is known of the image's glibc, it is taken for a new one. */
  private boolean isOlder(SymbolVersions.Version version) {
    LoadedObject libc = program.byName().get("libc.so.6");
    SymbolVersions.Version own =
        libc == null ? null : SymbolVersions.newest(null, libc.elf().dynamic().definedVersions());
    return own != null && own.compareTo(version) < 0;
  }

  /** Tells of libraries that the program would load by name and not find. */
  private void want(String why, List<String> libraries) {
    LoadedObject by = program.program();
    ElfFile asking =
        new ElfFile(
            by.elf().target(),
            ElfFile.Type.SHARED,
            0,
            null,
            new ElfDynamic(
                "",
                libraries,
                by.elf().dynamic().rpath(),
                by.elf().dynamic().runpath(),
                Map.of(),
                Set.of(),
                by.elf().dynamic().noDefaultDirectories(),
                by.elf().dynamic().bindsNow()),
            List.of());
    CopyLines lines = new CopyLines();
    Set<String> missing = new LinkedHashSet<>();
    new ProgramLoad(program.search(), repairs, lines, missing)
        .load(new LoadedObject(by.path(), asking, null), program.loader(), List.of());
    if (!missing.isEmpty()) {
      inspection.possible(
          "\"" + name + "\" " + why + " " + String.join(", ", missing) + ": not in the image",
          lines.lines(),
          null);
    }
  }

  private void characterSets() {
    List<String> directories = new ArrayList<>();
    for (String directory : program.search().directories(program.program())) {
      directories.add(directory + "/gconv");
    }
    for (String directory : directories) {
      if (inspection.libraries().isDirectory(directory)) {
        return;
      }
    }
    inspection.possible(
        "\""
            + name
            + "\" converts character sets, of which glibc without its gconv directory knows only"
            + " UTF-8, ASCII and Latin-1's kin",
        inspection.repairs().directory(directories),
        null);
  }

  private static void certificates(Inspection inspection, String name) {
    inspection.needs().certificates();
    List<String> places = new ArrayList<>(BUNDLES);
    String said = inspection.container().envValue("SSL_CERT_FILE");
    if (said != null) {
      places.add(said);
    }
    for (String place : places) {
      if (inspection.programs().file(place).isPresent()) {
        return;
      }
    }
    List<String> lines = new ArrayList<>();
    for (String place : BUNDLES) {
      Optional<Repairs.Copy> copy = inspection.repairs().find(place, null);
      if (copy.isPresent()) {
        lines.addAll(CopyLines.of(copy.get(), place).lines());
        break;
      }
    }
    inspection.possible(
        "\"" + name + "\" can speak TLS, but the image has no CA certificates to trust",
        lines,
        lines.isEmpty()
            ? "install ca-certificates in a stage before the last one, then"
                + " COPY /etc/ssl/certs/ca-certificates.crt from it"
            : null);
  }
}
