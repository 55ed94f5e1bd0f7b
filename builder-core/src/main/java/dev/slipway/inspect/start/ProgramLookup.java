package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.RegularFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the file that a name means, as runtimes do: from WORKDIR, or in PATH. */
final class ProgramLookup {
  private final Inspection inspection;
  private final ImageFiles files;
  private final Suggestions suggestions;

  ProgramLookup(Inspection inspection) {
    this.inspection = inspection;
    this.files = inspection.programs();
    this.suggestions = new Suggestions(inspection);
  }

  /** Who looks a name up. */
  enum Seeker {
    /** A container runtime, which executes nothing that a relative entry of PATH leads to. */
    RUNTIME,
    /** A program in the container. */
    PROGRAM
  }

  /**
   * The file; tells if there is none that can be executed, and goes on with one that a stage has.
   *
   * @param what begins messages
   * @param advice beside the lines that repair it, or null
   */
  Optional<Found> find(String name, Seeker seeker, String what, @Nullable String advice) {
    if (name.isEmpty()) {
      inspection.certain(what + " names no program", null);
      return Optional.empty();
    }
    return name.indexOf('/') >= 0 ? at(name, what, advice) : inPath(name, seeker, what, advice);
  }

  private Optional<Found> inPath(String name, Seeker seeker, String what, @Nullable String advice) {
    String[] directories = inspection.path().split(":", -1);
    if (seeker == Seeker.RUNTIME && inspection.path().isEmpty()) {
      inspection.certain(what + " is not found: PATH is empty", "name it with its whole path");
      return Optional.empty();
    }
    for (String directory : directories) {
      Optional<Found> found = files.file(in(directory, name));
      if (found.isPresent() && files.identity().mayExecute(found.get().file().metadata())) {
        if (seeker == Seeker.RUNTIME && !directory.startsWith("/")) {
          inspection.certain(
              what
                  + " is in \""
                  + (directory.isEmpty() ? "." : directory)
                  + "\" of PATH, and runtimes execute nothing found by a relative path",
              "name it with its whole path: " + found.get().path());
        }
        return found;
      }
    }
    for (String directory : directories) {
      Optional<Found> found = files.file(in(directory, name));
      if (found.isPresent()) {
        inspection.unexecutable(what + " is in \"" + directory + "\" of PATH, but it", found.get());
        return found;
      }
    }
    String problem = what + " is in none of the directories of PATH";
    for (String directory : directories) {
      String written = files.absolute(in(directory, name)).toString();
      String place = files.destination(written);
      if (!place.equals(written) && Inspection.mountAbove(place) == null) {
        return missing(written, what + danglingLink(written, place), null, advice);
      }
    }
    for (String directory : directories) {
      Optional<Found> repaired = repair(in(directory, name), null, problem, null, advice);
      if (repaired.isPresent()) {
        return repaired;
      }
    }
    String own = directories[0].isEmpty() ? "." : directories[0];
    String meant = suggestions.forProgram(name);
    return repairByName(
        name, in(own, name), problem, meant == null ? "PATH is " + inspection.path() : meant);
  }

  private static String in(String directory, String name) {
    return (directory.isEmpty() ? "." : directory) + "/" + name;
  }

  /** The file that {@code shell} is told to run, which need not be executable. */
  Optional<Found> script(String name, Found shell, String what) {
    Optional<Found> found = files.file(name);
    return found.isEmpty() && searchesPath(shell) && isInPath(name)
        ? Optional.empty()
        : content(name, what + " runs the script \"" + name + "\"");
  }

  /**
   * A file that only is to be read; tells if there is nothing.
   *
   * @param what begins messages
   */
  Optional<Found> content(String name, String what) {
    Optional<Found> found = files.file(name);
    if (found.isPresent() && !files.identity().mayRead(found.get().file().metadata())) {
      inspection.certain(what + ", which USER may not read", "COPY --chmod=644, or --chown");
    } else if (found.isEmpty() && files.entry(name) instanceof RegularFile) {
      inspection.certain(
          what + ", which " + inspection.who() + " cannot reach",
          "let others pass the directories on the way: chmod o+x, or COPY --chown");
    }
    return found.isPresent() || files.entry(name) != null || isMade(name)
        ? found
        : missing(name, what + ", which does not exist in the image", null, null);
  }

  /** What a container has though no image does. */
  private static boolean isMade(String name) {
    return name.startsWith("/dev/std") || name.startsWith("/dev/fd/") || name.startsWith("/proc/");
  }

  private static boolean searchesPath(Found shell) {
    String name = shell.path().nameText();
    return !name.startsWith("busybox") && !name.equals("dash");
  }

  /** Bash looks there, too, for what is not in the working directory. */
  private boolean isInPath(String name) {
    for (String directory : inspection.path().split(":", -1)) {
      if (name.indexOf('/') < 0 && files.file(in(directory, name)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Optional<Found> at(String path, String what, @Nullable String advice) {
    Optional<Found> found = files.file(path);
    if (found.isPresent()) {
      if (!files.identity().mayExecute(found.get().file().metadata())) {
        inspection.unexecutable(what, found.get());
      }
      return found;
    }
    Entry entry = files.entry(path);
    if (entry instanceof Directory) {
      String program = suggestions.programIn(path);
      inspection.certain(
          what + " is a directory",
          program == null
              ? "name the program in it"
              : "name the program in it: \"" + program + "\"");
      return Optional.empty();
    }
    if (entry != null) {
      inspection.certain(what + " cannot be reached by USER", null);
      return Optional.empty();
    }
    String written = files.absolute(path).toString();
    String place = files.destination(path);
    return missing(
        path,
        place.equals(written)
            ? what + " does not exist in the image"
            : what + " is a link to \"" + place + "\", which does not exist in the image",
        null,
        advice == null ? suggestions.forProgram(path) : advice);
  }

  private static String danglingLink(String written, String place) {
    return " is \""
        + written
        + "\", a link to \""
        + place
        + "\", which does not exist in the image";
  }

  /**
   * Takes a file that is not there from a stage; tells in any case.
   *
   * @param wanting what wants it, or null: its stage is asked first
   */
  Optional<Found> missing(
      String path, String problem, @Nullable RegularFile wanting, @Nullable String advice) {
    String place = files.destination(path);
    String mount = Inspection.mountAbove(place);
    if (mount != null) {
      inspection.certain(
          problem + ": of what an image has in " + mount + " containers see nothing",
          "put it elsewhere");
      return Optional.empty();
    }
    Optional<Found> repaired = repair(path, wanting, problem, place, advice);
    return repaired.isPresent()
        ? repaired
        : repairByName(place.substring(place.lastIndexOf('/') + 1), place, problem, advice);
  }

  /**
   * @param place where it is to go; null for {@code path} itself
   */
  private Optional<Found> repair(
      String path,
      @Nullable RegularFile wanting,
      String problem,
      @Nullable String place,
      @Nullable String advice) {
    String absolute = files.absolute(path).toString();
    String destination = place == null ? files.destination(path) : place;
    Optional<Repairs.Copy> copy = inspection.repairs().find(destination, wanting);
    if (copy.isEmpty() && !destination.equals(absolute)) {
      copy = inspection.repairs().find(absolute, wanting);
    }
    return copy.isEmpty() ? Optional.empty() : put(copy.get(), destination, problem, advice);
  }

  /** The last resort: a stage has one program of that name, somewhere. */
  private Optional<Found> repairByName(
      String name, String place, String problem, @Nullable String advice) {
    String destination = files.destination(place);
    Optional<Repairs.Copy> copy =
        CopyLines.isPlain(destination) ? inspection.repairs().findProgram(name) : Optional.empty();
    if (copy.isEmpty()) {
      inspection.certain(problem, advice);
      return Optional.empty();
    }
    return put(copy.get(), destination, problem, advice);
  }

  private Optional<Found> put(
      Repairs.Copy copy, String destination, String problem, @Nullable String advice) {
    inspection
        .findings()
        .add(new StartFinding(true, problem, CopyLines.of(copy, destination).lines(), advice));
    inspection.putRepaired(copy, destination);
    return files.file(destination);
  }
}
