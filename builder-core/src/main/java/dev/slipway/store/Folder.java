package dev.slipway.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a folder of the store. */
final class Folder {
  private Folder() {}

  /** What is in a folder, in no order; nothing if there is no such folder. */
  static List<Path> list(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path file : stream) {
        files.add(file);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw StoreException.of("list", folder, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw StoreException.of("list", folder, e);
    }
    return files;
  }

  /** The last component of a path that has one. */
  static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
