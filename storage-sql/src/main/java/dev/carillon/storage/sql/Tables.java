package dev.carillon.storage.sql;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.BLOB;
import static org.jooq.impl.SQLDataType.BOOLEAN;
import static org.jooq.impl.SQLDataType.CLOB;
import static org.jooq.impl.SQLDataType.INTEGER;

import java.time.Instant;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.TableImpl;

/** The names and types of the tables that the migrations make. */
final class Tables {
  private static final DataType<Instant> MOMENT =
      BIGINT.asConvertedDataType(
          Converter.ofNullable(Long.class, Instant.class, Tables::instant, Tables::micros));

  static final CampaignTable CAMPAIGN = new CampaignTable();
  static final RevisionTable REVISION = new RevisionTable();
  static final SavedViewTable SAVED_VIEW = new SavedViewTable();
  static final LabelTable LABEL = new LabelTable();
  static final SavedTable SAVED = new SavedTable();
  static final SegmentTable SEGMENT = new SegmentTable();
  static final RunTable RUN = new RunTable();
  static final ChunkTable CHUNK = new ChunkTable();
  static final HeldConnectionTable HELD_CONNECTION = new HeldConnectionTable();
  static final ReportedDayTable REPORTED_DAY = new ReportedDayTable();
  static final ReportedFigureTable REPORTED_FIGURE = new ReportedFigureTable();
  static final TurnTable TURN = new TurnTable();
  static final VariantDecisionTable VARIANT_DECISION = new VariantDecisionTable();
  static final ConnectionTable CONNECTION = new ConnectionTable();
  static final SettingTable SETTING = new SettingTable();
  static final InstallationTable INSTALLATION = new InstallationTable();
  static final ReferenceKeyTable REFERENCE_KEY = new ReferenceKeyTable();
  static final ImportedFileTable IMPORTED_FILE = new ImportedFileTable();
  static final LoginTable LOGIN = new LoginTable();
  static final KnownPlaceTable KNOWN_PLACE = new KnownPlaceTable();
  static final ApiKeyTable API_KEY = new ApiKeyTable();
  static final IdentityKeyTable IDENTITY_KEY = new IdentityKeyTable();
  static final AuditTable AUDIT = new AuditTable();

  private Tables() {}

  static final class CampaignTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, Integer> version = createField(name("version"), INTEGER);
    final TableField<Record, String> nameFolded = createField(name("name_folded"), CLOB);
    final TableField<Record, String> channel = createField(name("channel"), CLOB);
    final TableField<Record, String> status = createField(name("status"), CLOB);
    final TableField<Record, String> statusReason = createField(name("status_reason"), CLOB);
    final TableField<Record, Instant> createdAt = createField(name("created_at"), MOMENT);
    final TableField<Record, String> createdBy = createField(name("created_by"), CLOB);
    final TableField<Record, Instant> startsAt = createField(name("starts_at"), MOMENT);
    final TableField<Record, Instant> endedAt = createField(name("ended_at"), MOMENT);
    final TableField<Record, Instant> archivedAt = createField(name("archived_at"), MOMENT);
    final TableField<Record, String> definition = createField(name("definition"), CLOB);

    private CampaignTable() {
      super(name("campaign"));
    }
  }

  static final class RevisionTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, Integer> version = createField(name("version"), INTEGER);
    final TableField<Record, String> definition = createField(name("definition"), CLOB);
    final TableField<Record, String> by = createField(name("by"), CLOB);
    final TableField<Record, Instant> at = createField(name("at"), MOMENT);

    private RevisionTable() {
      super(name("campaign_revision"));
    }
  }

  static final class SavedViewTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, String> login = createField(name("login"), CLOB);
    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> query = createField(name("query"), CLOB);

    private SavedViewTable() {
      super(name("saved_view"));
    }
  }

  static final class LabelTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, String> label = createField(name("label"), CLOB);

    private LabelTable() {
      super(name("campaign_label"));
    }
  }

  static final class SavedTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, String> kind = createField(name("kind"), CLOB);
    final TableField<Record, Integer> saved = createField(name("saved"), INTEGER);

    private SavedTable() {
      super(name("campaign_saved"));
    }
  }

  static final class SegmentTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, Integer> version = createField(name("version"), INTEGER);
    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> nameFolded = createField(name("name_folded"), CLOB);
    final TableField<Record, String> rule = createField(name("rule"), CLOB);
    final TableField<Record, Instant> createdAt = createField(name("created_at"), MOMENT);
    final TableField<Record, String> createdBy = createField(name("created_by"), CLOB);
    final TableField<Record, Instant> changedAt = createField(name("changed_at"), MOMENT);
    final TableField<Record, Long> counted = createField(name("counted"), BIGINT);
    final TableField<Record, Instant> countedAt = createField(name("counted_at"), MOMENT);

    private SegmentTable() {
      super(name("segment"));
    }
  }

  static final class RunTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, Integer> number = createField(name("number"), INTEGER);
    final TableField<Record, Instant> dueAt = createField(name("due_at"), MOMENT);
    final TableField<Record, Instant> plannedAt = createField(name("planned_at"), MOMENT);
    final TableField<Record, Integer> firstSeq = createField(name("first_seq"), INTEGER);
    final TableField<Record, Integer> planned = createField(name("planned"), INTEGER);
    final TableField<Record, Instant> finishedAt = createField(name("finished_at"), MOMENT);
    final TableField<Record, Integer> systemControl = createField(name("system_control"), INTEGER);
    final TableField<Record, String> skipped = createField(name("skipped"), CLOB);
    final TableField<Record, String> skippedDetail = createField(name("skipped_detail"), CLOB);

    private RunTable() {
      super(name("run"));
    }
  }

  static final class ChunkTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, Integer> run = createField(name("run"), INTEGER);
    final TableField<Record, Integer> connection = createField(name("connection"), INTEGER);
    final TableField<Record, Integer> fromSeq = createField(name("from_seq"), INTEGER);
    final TableField<Record, Integer> toSeq = createField(name("to_seq"), INTEGER);
    final TableField<Record, String> owner = createField(name("owner"), CLOB);
    final TableField<Record, Instant> freeAt = createField(name("free_at"), MOMENT);

    private ChunkTable() {
      super(name("chunk"));
    }
  }

  static final class HeldConnectionTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, Integer> connection = createField(name("connection"), INTEGER);
    final TableField<Record, String> reason = createField(name("reason"), CLOB);
    final TableField<Record, Instant> at = createField(name("at"), MOMENT);

    private HeldConnectionTable() {
      super(name("held_connection"));
    }
  }

  static final class ReportedDayTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, String> account = createField(name("account"), CLOB);
    final TableField<Record, String> day = createField(name("day"), CLOB);
    final TableField<Record, String> zone = createField(name("zone"), CLOB);
    final TableField<Record, String> currency = createField(name("currency"), CLOB);
    final TableField<Record, Instant> pulledAt = createField(name("pulled_at"), MOMENT);

    private ReportedDayTable() {
      super(name("reported_day"));
    }
  }

  static final class ReportedFigureTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, String> account = createField(name("account"), CLOB);
    final TableField<Record, String> day = createField(name("day"), CLOB);
    final TableField<Record, String> ad = createField(name("ad"), CLOB);
    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> value = createField(name("value"), CLOB);

    private ReportedFigureTable() {
      super(name("reported_figure"));
    }
  }

  static final class TurnTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, Instant> at = createField(name("at"), MOMENT);
    final TableField<Record, Integer> messages = createField(name("messages"), INTEGER);

    private TurnTable() {
      super(name("turn"));
    }
  }

  static final class VariantDecisionTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> campaign = createField(name("campaign"), INTEGER);
    final TableField<Record, Integer> run = createField(name("run"), INTEGER);
    final TableField<Record, Integer> variant = createField(name("variant"), INTEGER);
    final TableField<Record, Integer> won = createField(name("won"), INTEGER);
    final TableField<Record, Instant> at = createField(name("at"), MOMENT);
    final TableField<Record, String> words = createField(name("words"), CLOB);

    private VariantDecisionTable() {
      super(name("variant_decision"));
    }
  }

  static final class ConnectionTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, String> type = createField(name("type"), CLOB);
    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> settings = createField(name("settings"), CLOB);
    final TableField<Record, byte[]> sealedSecrets = createField(name("sealed_secrets"), BLOB);
    final TableField<Record, Instant> createdAt = createField(name("created_at"), MOMENT);

    private ConnectionTable() {
      super(name("connection"));
    }
  }

  static final class SettingTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> value = createField(name("value"), CLOB);

    private SettingTable() {
      super(name("setting"));
    }
  }

  static final class InstallationTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> one = createField(name("one"), INTEGER);
    final TableField<Record, String> id = createField(name("id"), CLOB);
    final TableField<Record, Long> start = createField(name("start"), BIGINT);
    final TableField<Record, Integer> starting = createField(name("starting"), INTEGER);
    final TableField<Record, Long> factsEnd = createField(name("facts_end"), BIGINT);

    private InstallationTable() {
      super(name("installation"));
    }
  }

  static final class ReferenceKeyTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, String> key = createField(name("key"), CLOB);
    final TableField<Record, Integer> sealed = createField(name("sealed"), INTEGER);

    private ReferenceKeyTable() {
      super(name("reference_key"));
    }
  }

  static final class ImportedFileTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, String> contents = createField(name("contents"), CLOB);
    final TableField<Record, Instant> firstAt = createField(name("first_at"), MOMENT);
    final TableField<Record, Instant> lastAt = createField(name("last_at"), MOMENT);
    final TableField<Record, String> reading = createField(name("reading"), CLOB);
    final TableField<Record, Integer> turn = createField(name("turn"), INTEGER);

    private ImportedFileTable() {
      super(name("imported_file"));
    }
  }

  static final class LoginTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> passwordHash = createField(name("password_hash"), CLOB);
    final TableField<Record, String> role = createField(name("role"), CLOB);
    final TableField<Record, Instant> createdAt = createField(name("created_at"), MOMENT);

    private LoginTable() {
      super(name("login"));
    }
  }

  static final class KnownPlaceTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, String> login = createField(name("login"), CLOB);
    final TableField<Record, String> kind = createField(name("kind"), CLOB);
    final TableField<Record, String> place = createField(name("place"), CLOB);
    final TableField<Record, Instant> expiresAt = createField(name("expires_at"), MOMENT);

    private KnownPlaceTable() {
      super(name("known_place"));
    }
  }

  static final class ApiKeyTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> hash = createField(name("key_hash"), CLOB);
    final TableField<Record, String> shownPrefix = createField(name("shown_prefix"), CLOB);
    final TableField<Record, String> scopes = createField(name("scopes"), CLOB);
    final TableField<Record, Instant> createdAt = createField(name("created_at"), MOMENT);
    final TableField<Record, Instant> revokedAt = createField(name("revoked_at"), MOMENT);
    final TableField<Record, Boolean> tokensRequired =
        createField(name("tokens_required"), BOOLEAN);

    private ApiKeyTable() {
      super(name("api_key"));
    }
  }

  static final class IdentityKeyTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, String> name = createField(name("name"), CLOB);
    final TableField<Record, String> keyId = createField(name("key_id"), CLOB);
    final TableField<Record, String> algorithm = createField(name("algorithm"), CLOB);
    final TableField<Record, byte[]> material = createField(name("material"), BLOB);
    final TableField<Record, Instant> createdAt = createField(name("created_at"), MOMENT);
    final TableField<Record, Instant> revokedAt = createField(name("revoked_at"), MOMENT);

    private IdentityKeyTable() {
      super(name("identity_key"));
    }
  }

  static final class AuditTable extends TableImpl<Record> {
    private static final long serialVersionUID = 1L;

    final TableField<Record, Integer> id = createField(name("id"), INTEGER);
    final TableField<Record, Instant> at = createField(name("at"), MOMENT);
    final TableField<Record, String> who = createField(name("who"), CLOB);
    final TableField<Record, String> action = createField(name("action"), CLOB);
    final TableField<Record, String> subject = createField(name("subject"), CLOB);
    final TableField<Record, String> detail = createField(name("detail"), CLOB);
    final TableField<Record, String> actorKind = createField(name("actor_kind"), CLOB);
    final TableField<Record, Integer> keyId = createField(name("key_id"), INTEGER);

    private AuditTable() {
      super(name("audit"));
    }
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000), instant.getNano() / 1_000);
  }
}
