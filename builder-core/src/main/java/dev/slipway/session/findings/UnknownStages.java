package dev.slipway.session.findings;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds stages that are to be built without the cache and do not exist. */
public final class UnknownStages {
  private UnknownStages() {}

  /** The warning that says which they are, or null where there is none. */
  public static @Nullable Diagnostic find(Set<String> requested, Dockerfile dockerfile) {
    Set<String> names = new TreeSet<>();
    for (Stage stage : dockerfile.stages()) {
      String name = stage.name();
      if (name != null) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
    }
    for (String name : new TreeSet<>(requested)) {
      if (!names.contains(name.toLowerCase(Locale.ROOT))) {
        String nearest = NearestName.find(name, names);
        return Diagnostic.warning(
                "no stage is called '" + name + "', which is to be built without the cache", null)
            .withHint(
                nearest == null
                    ? "only a stage that has a name behind AS can be meant"
                    : "did you mean '" + nearest + "'?");
      }
    }
    return null;
  }
}
