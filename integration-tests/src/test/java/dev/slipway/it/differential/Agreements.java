package dev.slipway.it.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often Slipway and what it is compared with agree, and what could not be compared. */
final class Agreements {
  private final Map<String, Tally> tallies = new TreeMap<>();

  private static final class Tally {
    int equal;
    int noted;
    int different;
    int listed;
    final Map<String, List<String>> refused = new TreeMap<>();

    int refusals() {
      return refused.values().stream().mapToInt(List::size).sum();
    }
  }

  private Tally of(String against) {
    return tallies.computeIfAbsent(against, name -> new Tally());
  }

  /** Of a case that was compared. */
  void count(String against, boolean noted, boolean equal) {
    Tally tally = of(against);
    if (noted) {
      tally.noted++;
    } else if (equal) {
      tally.equal++;
    } else {
      tally.different++;
    }
  }

  /** Of cases that were not built, because they are known to differ. */
  void leaveOut(String against, int cases) {
    of(against).listed += cases;
  }

  /** Of a case that the other builder cannot build. */
  void refuse(String against, String reason, Case each) {
    of(against).refused.computeIfAbsent(reason, r -> new ArrayList<>()).add(each.name());
  }

  /** A table, and below it the names of what was refused. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String row = "%-20s %8s %8s %10s %9s %8s%n";
    text.append(
        String.format(row, "compared with", "equal", "noted", "different", "left out", "refused"));
    tallies.forEach(
        (name, tally) ->
            text.append(
                String.format(
                    row,
                    name,
                    tally.equal,
                    tally.noted,
                    tally.different,
                    tally.listed,
                    tally.refusals())));
    tallies.forEach(
        (name, tally) ->
            tally.refused.forEach(
                (reason, cases) ->
                    text.append(
                        String.format(
                            "%s %s (%d): %s%n",
                            name, reason, cases.size(), String.join(", ", cases)))));
    return text.toString();
  }
}
