package dev.slipway.inspect.start;

import dev.slipway.tree.RegularFile;
import java.util.function.Predicate;

/**
 * Which files of an image may be opened. Of others it is assumed that they are what their place
 * says, so that a base image need not be fetched to be warned of.
 *
 * @param programs of what is executed
 * @param libraries of what loaders and programs read: asked only for a program that was opened
 */
public record AtHand(Predicate<RegularFile> programs, Predicate<RegularFile> libraries) {
  public static final AtHand ALL = new AtHand(file -> true, file -> true);
}
