package dev.slipway.inspect.start;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a USER whom the image does not know can be made known.
 *
 * @param identity who he is then
 */
record UserRepair(Identity identity, List<String> lines, @Nullable String advice) {
  private static final String PASSWD = "/etc/passwd";
  private static final String GROUP = "/etc/group";

  /**
   * @param hasAccounts whether the image has files for accounts, which must not be replaced
   * @param maker the command with which the image makes users, up to their names; null for none
   */
  static UserRepair find(
      String user, boolean hasAccounts, @Nullable String maker, Repairs repairs) {
    for (Repairs.Source source : repairs.sources(null)) {
      Identity identity = new UserLookup(source.files()).identity(user).identity();
      if (identity == null) {
        continue;
      }
      if (hasAccounts) {
        return new UserRepair(
            identity,
            List.of(),
            "stage \"" + source.name() + "\" knows it: USER " + identity.uid() + " says the same");
      }
      CopyLines lines = new CopyLines();
      for (String file : new String[] {PASSWD, GROUP}) {
        Optional<ImageFiles.Found> found = source.files().file(file);
        found.ifPresent(
            each -> lines.add(new Repairs.Copy(source.name(), file, each.file()), file));
      }
      return new UserRepair(
          identity, lines.lines(), "or name it by number: USER " + identity.uid());
    }
    return new UserRepair(
        Identity.ROOT,
        List.of(),
        "name it by number, as USER 65532"
            + (maker == null || user.indexOf(':') >= 0
                ? ", or make it in the last stage"
                : ", or make it before: RUN " + maker + user));
  }
}
