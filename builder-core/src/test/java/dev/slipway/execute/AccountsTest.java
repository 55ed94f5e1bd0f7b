package dev.slipway.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreeException;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.copy.Ownership;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
  private static final Metadata METADATA = Metadata.of(0644, 0);

  private static Accounts accounts(Entry passwd) {
    return accounts(passwd, file(""));
  }

  private static Accounts accounts(Entry passwd, Entry group) {
    FileTreeBuilder tree = new FileTreeBuilder();
    tree.put(TreePath.of("etc/passwd"), passwd);
    tree.put(TreePath.of("etc/group"), group);
    return Accounts.of(tree.build());
  }

  private static Entry file(String text) {
    Content content = new BytesContent(text.getBytes(StandardCharsets.UTF_8));
    return new RegularFile(METADATA, Origin.NONE, content);
  }

  // CVE-2024-40635, CVE-2026-46680
  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "4294967295", "4294967296", "18446744073709551616"})
  void aNumberBeyondAllIdsIsNoNameThatTheImageCouldGiveToRoot(String number) {
    Accounts accounts = accounts(file(number + ":x:0:0::/:/bin/sh\n"));
    for (String user : new String[] {number, number + ":0", "0:" + number}) {
      assertThatThrownBy(() -> accounts.identity(user))
          .isInstanceOf(TreeException.class)
          .hasMessageContaining("id '" + number + "' out of range, expected 0 to 2147483647");
    }
    assertThatThrownBy(() -> accounts.owner(number)).isInstanceOf(TreeException.class);
  }

  @Test
  void theLargestIdIsAnId() {
    Accounts.Identity identity = accounts(file("")).identity("2147483647:2147483647");
    assertThat(identity.uid()).isEqualTo(Integer.MAX_VALUE);
    assertThat(identity.gid()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aNumberIsAnIdHoweverItIsWrittenAndNeverAName() {
    Accounts accounts = accounts(file("5:x:0:0::/:/bin/sh\nfive:x:5:6::/five:/bin/sh\n"));
    for (String user : new String[] {"5", "+5", "005"}) {
      assertThat(accounts.identity(user).uid()).isEqualTo(5);
      assertThat(accounts.identity(user).gid()).isEqualTo(6);
      assertThat(accounts.owner(user).gid()).isEqualTo(5);
    }
    assertThat(accounts.identity("+5:+2147483647").gid()).isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> accounts.identity("+2147483648")).hasMessageContaining("out of range");
    assertThatThrownBy(() -> accounts.identity("+")).hasMessageContaining("unable to find user +");
  }

  @Test
  void whatALineLacksIsZeroAndOnlyGroupsHaveComments() {
    Accounts accounts =
        accounts(
            file(
                """
                three:x:33
                name
                bad:x:abc:def
                #hash:x:50:51::/h:
                plus:x:+80:+81::/p:
                minus:x:-5:6::/:
                """),
            file(
                """
                bare
                short:x:93
                #comment:x:99:
                members:x:94:three
                """));
    assertThat(accounts.owner("three:bare")).isEqualTo(new Ownership(33, 0));
    assertThat(accounts.owner("three:short")).isEqualTo(new Ownership(33, 93));
    assertThat(accounts.owner("name")).isEqualTo(new Ownership(0, 0));
    assertThat(accounts.owner("bad")).isEqualTo(new Ownership(0, 0));
    assertThat(accounts.owner("#hash")).isEqualTo(new Ownership(50, 51));
    assertThat(accounts.owner("plus")).isEqualTo(new Ownership(80, 81));
    assertThat(accounts.identity("three"))
        .isEqualTo(new Accounts.Identity(33, 0, List.of(0, 94), ""));
    assertThat(accounts.identity("34").home()).isEqualTo("/");
    assertThat(accounts.identity("33").groups()).containsExactly(0, 94);
    assertThatThrownBy(() -> accounts.owner("minus"))
        .hasMessageContaining("user id '-5' out of range, expected 0 to 2147483647");
    assertThatThrownBy(() -> accounts.owner("three:#comment"))
        .hasMessageContaining("unable to find group #comment");
  }

  // CVE-2024-9676
  @Test
  void aPipeOrALinkOutOfTheImageIsNoListOfUsers() {
    Entry pipe = new Device(METADATA, Origin.NONE, Device.Type.FIFO, 0, 0, false);
    Entry link =
        new Symlink(
            METADATA,
            Origin.NONE,
            "../../../../../../../../etc/passwd-of-nobody".getBytes(StandardCharsets.UTF_8),
            false);
    for (Entry passwd : new Entry[] {pipe, link}) {
      assertThatThrownBy(() -> accounts(passwd).identity("root"))
          .hasMessageContaining("unable to find user root");
    }
  }

  @Test
  void anImmenseListOfUsersIsNotRead() {
    assertThatThrownBy(() -> accounts(new RegularFile(METADATA, Origin.NONE, new Immense())))
        .hasMessageContaining("\"/etc/passwd\" has 1073741824 bytes, at most 10485760 are read");
  }

  /** A gibibyte that nobody may ask for. */
  private static final class Immense implements Content {
    @Override
    public long size() {
      return 1 << 30;
    }

    @Override
    public InputStream open() {
      throw new AssertionError("was read");
    }

    @Override
    public @Nullable String digestIfKnown() {
      return null;
    }
  }
}
