package dev.slipway.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EditsByNameTest {
  @Test
  void whateverTheOrderOfTheEditsTheyAreThoseOfAMap() {
    Random random = new Random(11);
    for (int run = 0; run < 2_000; run++) {
      EditsByName edits = new EditsByName();
      TreeMap<byte[], Object> map = new TreeMap<>(Arrays::compareUnsigned);
      int steps = random.nextInt(12);
      for (int i = 0; i < steps; i++) {
        // rising at first, so that both forms and the way between them are met
        byte[] name = {(byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 100 + i)};
        if (random.nextInt(5) == 0) {
          edits.remove(name);
          map.remove(name);
        } else {
          edits.put(name, i);
          map.put(name, i);
        }
        assertThat(edits.get(name)).isEqualTo(map.get(name));
        if (random.nextInt(4) == 0) {
          assertSame(edits, map);
        }
      }
      assertSame(edits, map);
    }
  }

  private static void assertSame(EditsByName edits, Map<byte[], Object> map) {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      seen.add((edits.nameAt(i)[0] & 0xff) + " " + edits.editAt(i));
    }
    List<String> wanted = new ArrayList<>();
    map.forEach((name, edit) -> wanted.add((name[0] & 0xff) + " " + edit));
    assertThat(seen).isEqualTo(wanted);
    assertThat(edits.size()).isEqualTo(map.size());
    assertThat(edits.isEmpty()).isEqualTo(map.isEmpty());
  }
}
