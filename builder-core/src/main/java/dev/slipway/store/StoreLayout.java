package dev.slipway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where things lie below the store's folder, and how its files come to be: mode 0600, and whole or
 * not at all. {@code docs/store.md} describes the same.
 */
final class StoreLayout {
  private static final FileAttribute<?>[] NONE = {};

  final Path root;
  final Path lock;
  final Path blobs;
  final Path facts;
  final Path directories;
  final Path directoryRecords;
  final Path works;
  final Path mounts;
  final Path memos;
  final Path worker;
  final Path leases;
  final Path temporary;
  final Path total;
  private final FileAttribute<?>[] privateFile;
  private final FileAttribute<?>[] privateDirectory;
  private final FileAttribute<?>[] plainDirectory;

  private StoreLayout(Path root) {
    this.root = root;
    lock = root.resolve("lock");
    blobs = root.resolve("blobs");
    facts = root.resolve("facts");
    directories = root.resolve("d");
    directoryRecords = root.resolve("layers");
    works = root.resolve("w");
    mounts = root.resolve("mounts");
    memos = root.resolve("memos");
    worker = root.resolve("worker");
    leases = root.resolve("leases");
    temporary = root.resolve("tmp");
    total = root.resolve("total");
    boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    privateFile = posix ? mode("rw-------") : NONE;
    privateDirectory = posix ? mode("rwx------") : NONE;
    plainDirectory = posix ? mode("rwxr-xr-x") : NONE;
  }

  /** Makes the folders if the store is new; for one that exists this costs two stats. */
  static StoreLayout open(Path root) {
    StoreLayout layout = new StoreLayout(root);
    if (!Files.exists(layout.lock)) {
      try {
        layout.create();
      } catch (IOException e) {
        throw StoreException.of("create the store", root, e);
      }
    }
    layout.refuseForeignWriters();
    return layout;
  }

  private void refuseForeignWriters() {
    if (privateFile.length == 0) {
      return;
    }
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(root);
      if (mode.contains(PosixFilePermission.GROUP_WRITE)
          || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new StoreException(
            "the store '" + root + "' can be written by others, who could plant results in it",
            "check what is in it, then run chmod 700 '" + root + "'",
            null);
      }
    } catch (IOException e) {
      throw StoreException.of("open the store", root, e);
    }
  }

  private void create() throws IOException {
    Path parent = root.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent, privateDirectory);
    }
    createDirectory(root);
    Path[] folders = {
      blobs, facts, directories, directoryRecords, works, mounts, memos, leases, temporary
    };
    for (Path folder : folders) {
      createDirectory(folder);
    }
    // Last, because its presence says that the rest is there.
    try {
      Files.createFile(lock, privateFile);
    } catch (FileAlreadyExistsException e) {
      // Another process was as quick.
    }
  }

  /** Makes a folder of the store's own; one that exists is a success. */
  void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, privateDirectory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /** Makes a directory that shows up in a container, where its mode is seen. */
  void createPlainDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, plainDirectory);
    if (plainDirectory.length > 0) {
      // The umask may have taken bits away.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Creates a file that must not exist, open for writing. */
  FileChannel createFile(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        privateFile);
  }

  /** Opens a small file that is written in place, and creates it if it is missing. */
  FileChannel openFile(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), privateFile);
  }

  /** Renames within the store, over what is there; folders above the target are made. */
  void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      Path folder = to.getParent();
      // The folder may be there by now: another thread may have made it since.
      if (folder == null || !Files.exists(from)) {
        throw e;
      }
      createDirectories(folder);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void createDirectories(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent != null && !Files.exists(parent)) {
      createDirectories(parent);
    }
    createDirectory(folder);
  }

  private static FileAttribute<?>[] mode(String permissions) {
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }
}
