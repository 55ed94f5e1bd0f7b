package dev.slipway.inspect;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a dynamic loader reads of a file; System V ABI, "Dynamic Linking".
 *
 * @param soname empty for none
 * @param needed {@code DT_NEEDED}, in order
 * @param rpath the directories of {@code DT_RPATH}, in order
 * @param runpath the directories of {@code DT_RUNPATH}, in order
 * @param requiredVersions by the needed file, the versions of symbols that it must define
 * @param definedVersions empty where the file has no versions at all
 * @param noDefaultDirectories {@code DF_1_NODEFLIB}: libraries in the loader's own directories do
 *     not count
 * @param bindsNow whether all symbols are looked up at the start, those of functions too
 */
public record ElfDynamic(
    String soname,
    List<String> needed,
    List<String> rpath,
    List<String> runpath,
    Map<String, Set<String>> requiredVersions,
    Set<String> definedVersions,
    boolean noDefaultDirectories,
    boolean bindsNow) {

  /** Of a file that is not linked dynamically. */
  public static final ElfDynamic NONE =
      new ElfDynamic("", List.of(), List.of(), List.of(), Map.of(), Set.of(), false, false);

  public ElfDynamic {
    needed = List.copyOf(needed);
    rpath = List.copyOf(rpath);
    runpath = List.copyOf(runpath);
    requiredVersions = Map.copyOf(requiredVersions);
    definedVersions = Set.copyOf(definedVersions);
  }
}
