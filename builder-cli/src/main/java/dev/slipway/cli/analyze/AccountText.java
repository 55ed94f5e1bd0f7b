package dev.slipway.cli.analyze;

import dev.slipway.cli.progress.ConsoleText;
import dev.slipway.cli.progress.Quantities;
import dev.slipway.inspect.account.Cost;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.InstructionCost;
import dev.slipway.inspect.account.LayerAccount;
import dev.slipway.inspect.account.Member;
import dev.slipway.inspect.account.Waste;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The account of an image for people: the whole, then the largest of everything. */
public final class AccountText {
  private static final int TEXT_WIDTH = 70;

  /** As many instructions are always told. */
  private static final int FEW = 20;

  private final ImageAccount account;
  private final int top;
  private final StringBuilder text = new StringBuilder();

  private AccountText(ImageAccount account, int top) {
    this.account = account;
    this.top = top;
  }

  /**
   * @param top how many directories, files and findings are listed
   */
  public static String of(ImageAccount account, int top) {
    AccountText made = new AccountText(account, top);
    made.addTotals();
    made.addInstructions();
    made.addDirectories();
    made.addFiles();
    made.addWaste();
    made.addHygiene();
    return made.text.toString();
  }

  private void addTotals() {
    long manifest = account.image().manifest().descriptor().size();
    long config = account.image().manifest().config().size();
    Cost layers = account.cost();
    text.append("image       ").append(account.name()).append(" (");
    text.append(account.image().platform()).append(")\n");
    text.append("            ").append(account.image().manifest().digest()).append('\n');
    text.append("size        ").append(account.size()).append(" bytes = manifest ");
    text.append(manifest).append(" + config ").append(config).append(" + ");
    text.append(counted(account.layers().size(), "layer")).append(' ');
    text.append(layers.stored()).append('\n');
    text.append("unpacked    ").append(layers.unpacked()).append(" bytes, of which headers and ");
    text.append("padding ").append(account.framing().unpacked()).append('\n');
    Cost wasted = account.wasted();
    text.append("wasted      ").append(Quantities.bytes(wasted.stored()));
    text.append(" of the size, ").append(Quantities.bytes(wasted.unpacked())).append(" unpacked\n");
    text.append("efficiency  ").append(percent(account.efficiency().score()));
    text.append(" as dive counts, ").append(Quantities.bytes(account.efficiency().repeated()));
    text.append(" in paths that several layers hold\n");
  }

  private void heading(String what) {
    text.append('\n').append("compressed  unpacked  ").append(what).append('\n');
  }

  private void row(Cost cost, String what) {
    text.append(right(Quantities.bytes(cost.stored()), 10)).append("  ");
    text.append(right(Quantities.bytes(cost.unpacked()), 8)).append("  ").append(what).append('\n');
  }

  private void addInstructions() {
    heading("by instruction");
    // In the order of the Dockerfile, but of many only those that cost most.
    List<InstructionCost> all = account.instructions();
    List<InstructionCost> largest = new ArrayList<>(all);
    largest.sort((one, other) -> Long.compare(other.cost().stored(), one.cost().stored()));
    int shown = Math.min(largest.size(), Math.max(top, FEW));
    Set<InstructionCost> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.addAll(largest.subList(0, shown));
    for (InstructionCost each : all) {
      if (!wanted.contains(each)) {
        continue;
      }
      StringBuilder what = new StringBuilder();
      if (each.origin().line() > 0) {
        what.append("line ").append(each.origin().line());
        String stage = each.origin().stage();
        boolean number = stage.chars().allMatch(c -> c >= '0' && c <= '9');
        what.append(stage.isEmpty() ? ": " : " of " + (number ? "stage " : "") + stage + ": ");
      }
      String line = shortened(each.origin().text());
      row(each.cost(), what + (line.isEmpty() ? "(not in the history)" : line));
    }
    if (shown < largest.size()) {
      Cost rest = Cost.NONE;
      for (InstructionCost each : largest.subList(shown, largest.size())) {
        rest = rest.plus(each.cost());
      }
      row(rest, "… " + (largest.size() - shown) + " more");
    }
  }

  private void addDirectories() {
    Map<TreePath, Cost> costs = account.directories().byPath();
    List<TreePath> paths = new ArrayList<>(costs.keySet());
    paths.removeIf(TreePath::isRoot);
    paths.sort(
        (one, other) -> Long.compare(cost(costs, other).stored(), cost(costs, one).stored()));
    if (paths.isEmpty()) {
      return;
    }
    heading("by directory, with all below it");
    for (TreePath path : paths.subList(0, Math.min(top, paths.size()))) {
      row(cost(costs, path), ConsoleText.clean(path.toString()));
    }
  }

  private static Cost cost(Map<TreePath, Cost> costs, TreePath path) {
    return costs.getOrDefault(path, Cost.NONE);
  }

  private void addFiles() {
    List<Member> files = new ArrayList<>();
    List<Integer> layers = new ArrayList<>();
    for (LayerAccount layer : account.layers()) {
      for (Member member : layer.members()) {
        if (member.kind() == Member.Kind.FILE) {
          files.add(member);
          layers.add(layer.index() + 1);
        }
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      order.add(i);
    }
    order.sort(
        (one, other) ->
            Long.compare(files.get(other).cost().stored(), files.get(one).cost().stored()));
    if (order.isEmpty()) {
      return;
    }
    heading("by file");
    for (int i : order.subList(0, Math.min(top, order.size()))) {
      String path = ConsoleText.clean(files.get(i).path().toString());
      row(files.get(i).cost(), path + "  (layer " + layers.get(i) + ")");
    }
  }

  private void addWaste() {
    if (account.waste().isEmpty()) {
      text.append("\nnothing is wasted\n");
      return;
    }
    Map<Waste.Kind, List<Waste>> kinds = new EnumMap<>(Waste.Kind.class);
    for (Waste each : account.waste()) {
      kinds.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each);
    }
    heading("waste");
    kinds.forEach(this::addWaste);
  }

  private void addWaste(Waste.Kind kind, List<Waste> all) {
    Cost sum = Cost.NONE;
    for (Waste each : all) {
      sum = sum.plus(each.cost());
    }
    row(
        sum,
        kind.label() + (kind.isCertain() ? "" : " (perhaps)") + ", " + counted(all.size(), "file"));
    String lastAdvice = null;
    int shown = Math.min(all.size(), Math.max(1, top / 3));
    for (Waste each : all.subList(0, shown)) {
      row(
          each.cost(),
          "  " + ConsoleText.clean(each.path().toString()) + ": " + shortened(each.detail()));
      if (each.advice() != null && !each.advice().equals(lastAdvice)) {
        lastAdvice = each.advice();
        text.append("                        hint: ").append(shortened(lastAdvice)).append('\n');
      }
    }
    if (shown < all.size()) {
      text.append("                        … and ").append(all.size() - shown).append(" more\n");
    }
  }

  private void addHygiene() {
    if (account.hygiene().isEmpty()) {
      return;
    }
    text.append("\nhygiene\n");
    for (HygieneFinding finding : account.hygiene()) {
      text.append(finding.kind().isProblem() ? "  problem  " : "  advice   ");
      text.append(ConsoleText.clean(finding.message())).append('\n');
      if (finding.advice() != null) {
        text.append("           hint: ").append(ConsoleText.clean(finding.advice())).append('\n');
      }
    }
  }

  private static String shortened(String line) {
    String clean = ConsoleText.clean(line.replace('\n', ' '));
    return clean.length() <= TEXT_WIDTH ? clean : clean.substring(0, TEXT_WIDTH - 1) + "…";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String percent(double share) {
    return Math.round(share * 1000) / 10.0 + " %";
  }

  private static String right(String value, int width) {
    return " ".repeat(Math.max(0, width - value.length())) + value;
  }
}
