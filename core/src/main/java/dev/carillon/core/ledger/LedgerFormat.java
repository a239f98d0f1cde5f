package dev.carillon.core.ledger;

import dev.carillon.core.message.FactKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.RoaringBitmap;

/**
 * How a ledger is written: a version, then plan, marks, events and texts, each set in Roaring's
 * portable format.
 */
final class LedgerFormat {
  private static final int MAGIC = 0x4361726c;
  private static final int VERSION = 1;

  /** All numbers of messages that there can be, as plain bits, and what goes with them. */
  private static final int LARGEST_SET = (1 << 28) + (1 << 20);

  private LedgerFormat() {}

  static void write(Ledger ledger, DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(ledger.campaign());
    out.writeUTF(ledger.zone().getId());
    writePlan(ledger.plan, out);
    writeMarks(ledger.marks, out);
    out.writeInt(ledger.clicks.size());
    for (Map.Entry<String, Happenings> link : ledger.clicks.entrySet()) {
      out.writeUTF(link.getKey());
      link.getValue().writeTo(out);
    }
    ledger.machineClicks.writeTo(out);
    ledger.replies.writeTo(out);
    ledger.goals.writeTo(out);
    writeTexts(ledger.dispatchTexts, out);
    writeTexts(ledger.deliveryTexts, out);
    out.writeInt(MAGIC);
  }

  static Ledger read(DataInput in, int campaign, ZoneId zone) throws IOException {
    try {
      return readChecked(in, campaign, zone);
    } catch (InvalidRoaringFormat | IllegalArgumentException e) {
      throw new IOException("not a ledger of this version", e);
    }
  }

  private static Ledger readChecked(DataInput in, int campaign, ZoneId zone) throws IOException {
    expect(in.readInt() == MAGIC && in.readInt() == VERSION, "not a ledger of this version");
    expect(in.readInt() == campaign, "a ledger of another campaign");
    expect(in.readUTF().equals(zone.getId()), "a ledger of another zone");
    Ledger ledger = new Ledger(campaign, zone);
    readPlan(in, ledger.plan);
    readMarks(in, ledger.marks);
    int links = in.readInt();
    for (int i = 0; i < links; i++) {
      ledger.clicks(in.readUTF()).readFrom(in);
    }
    ledger.machineClicks.readFrom(in);
    ledger.replies.readFrom(in);
    ledger.goals.readFrom(in);
    readTexts(in, ledger.dispatchTexts);
    readTexts(in, ledger.deliveryTexts);
    expect(in.readInt() == MAGIC, "a ledger that does not end where it should");
    return ledger;
  }

  private static void writePlan(Plan plan, DataOutput out) throws IOException {
    out.writeInt(plan.runs.size());
    for (Map.Entry<Integer, RoaringBitmap> run : plan.runs.entrySet()) {
      out.writeInt(run.getKey());
      out.writeInt(plan.runDays.getOrDefault(run.getKey(), 0));
      writeSet(run.getValue(), out);
    }
    writeSet(plan.control, out);
    out.writeInt(plan.variants.size());
    for (Map.Entry<Integer, RoaringBitmap> variant : plan.variants.entrySet()) {
      out.writeInt(variant.getKey());
      writeSet(variant.getValue(), out);
    }
    out.writeInt(plan.suppressed.size());
    for (Map.Entry<String, RoaringBitmap> reason : plan.suppressed.entrySet()) {
      out.writeUTF(reason.getKey());
      writeSet(reason.getValue(), out);
    }
  }

  private static void readPlan(DataInput in, Plan plan) throws IOException {
    int runs = in.readInt();
    for (int i = 0; i < runs; i++) {
      int run = in.readInt();
      plan.runDays.put(run, in.readInt());
      plan.runs.put(run, readSet(in));
    }
    plan.control.or(readSet(in));
    int variants = in.readInt();
    for (int i = 0; i < variants; i++) {
      plan.variants.put(in.readInt(), readSet(in));
    }
    int reasons = in.readInt();
    for (int i = 0; i < reasons; i++) {
      plan.suppressed.put(in.readUTF(), readSet(in));
    }
  }

  private static void writeMarks(Marks marks, DataOutput out) throws IOException {
    List<Marks.Mark> all = marks.all();
    out.writeInt(all.size());
    for (Marks.Mark mark : all) {
      out.writeByte(mark.kind().code());
      out.writeUTF(mark.detail());
      out.writeInt(mark.day());
      writeSet(mark.seqs(), out);
    }
  }

  private static void readMarks(DataInput in, Marks marks) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      marks.add(
          new Marks.Mark(
              FactKind.ofCode(in.readUnsignedByte()), in.readUTF(), in.readInt(), readSet(in)));
    }
  }

  private static void writeTexts(NavigableMap<String, String> texts, DataOutput out)
      throws IOException {
    out.writeInt(texts.size());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeUTF(text.getKey());
      out.writeUTF(text.getValue());
    }
  }

  private static void readTexts(DataInput in, NavigableMap<String, String> texts)
      throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      texts.put(in.readUTF(), in.readUTF());
    }
  }

  /** In the smallest form; the ledger's own set stays as it is. */
  private static void writeSet(RoaringBitmap set, DataOutput out) throws IOException {
    RoaringBitmap smallest = set.clone();
    smallest.runOptimize();
    byte[] bytes = new byte[smallest.serializedSizeInBytes()];
    smallest.serialize(ByteBuffer.wrap(bytes));
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static RoaringBitmap readSet(DataInput in) throws IOException {
    int length = in.readInt();
    expect(length >= 0 && length <= LARGEST_SET, "a set of a size that cannot be");
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    RoaringBitmap set = new RoaringBitmap();
    set.deserialize(ByteBuffer.wrap(bytes));
    return set;
  }

  private static void expect(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
