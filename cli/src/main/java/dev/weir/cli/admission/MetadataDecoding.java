package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds a resource's metadata to the type that Kubernetes has for it, as Go's decoder does. */
final class MetadataDecoding {

    private static final GoType TEXT = new GoType.Text("string");
    private static final GoType UID = new GoType.Text("types.UID");
    private static final GoType WHOLE = new GoType.Whole();
    private static final GoType TIME = new GoType.Time();
    private static final GoType TEXTS = new GoType.MapOf(TEXT);

    private static final GoType.Struct OWNER =
            new GoType.Struct(
                    "OwnerReference",
                    Map.of(
                            "apiVersion",
                            TEXT,
                            "kind",
                            TEXT,
                            "name",
                            TEXT,
                            "uid",
                            UID,
                            "controller",
                            new GoType.Truth(),
                            "blockOwnerDeletion",
                            new GoType.Truth()));

    private static final GoType.Struct MANAGED =
            new GoType.Struct(
                    "ManagedFieldsEntry",
                    Map.of(
                            "manager",
                            TEXT,
                            "operation",
                            new GoType.Text("v1.ManagedFieldsOperationType"),
                            "apiVersion",
                            TEXT,
                            "time",
                            TIME,
                            "fieldsType",
                            TEXT,
                            "fieldsV1",
                            new GoType.Raw(),
                            "subresource",
                            TEXT));

    private static final GoType.Struct METADATA =
            new GoType.Struct(
                    "ObjectMeta",
                    Map.ofEntries(
                            Map.entry("name", TEXT),
                            Map.entry("generateName", TEXT),
                            Map.entry("namespace", TEXT),
                            Map.entry("selfLink", TEXT),
                            Map.entry("uid", UID),
                            Map.entry("resourceVersion", TEXT),
                            Map.entry("generation", WHOLE),
                            Map.entry("creationTimestamp", TIME),
                            Map.entry("deletionTimestamp", TIME),
                            Map.entry("deletionGracePeriodSeconds", WHOLE),
                            Map.entry("labels", TEXTS),
                            Map.entry("annotations", TEXTS),
                            Map.entry("ownerReferences", new GoType.ListOf(OWNER)),
                            Map.entry("finalizers", new GoType.ListOf(TEXT)),
                            Map.entry("managedFields", new GoType.ListOf(MANAGED))));

    private final List<String> misfits = new ArrayList<>();
    private final List<String> unknownFields = new ArrayList<>();

    private MetadataDecoding() {}

    static MetadataDecoding of(JsonNode metadata) {
        var decoding = new MetadataDecoding();
        METADATA.misfit(metadata)
                .ifPresentOrElse(
                        what ->
                                decoding.misfits.add(
                                        "json: cannot unmarshal "
                                                + what
                                                + " into Go value of type "
                                                + METADATA.title()),
                        () -> decoding.decode(METADATA, metadata, new Spot("metadata", "", "")));
        return decoding;
    }

    /** The first thing that does not fit: the decoder says no more. */
    Optional<String> misfit() {
        return misfits.stream().findFirst();
    }

    /** Their paths, in order. */
    List<String> unknownFields() {
        return List.copyOf(unknownFields);
    }

    /**
     * Where the decoder is.
     *
     * @param path as the user writes it
     * @param struct name of the innermost struct
     * @param field path of the field, without indices and keys
     */
    private record Spot(String path, String struct, String field) {
        Spot field(String owner, String name) {
            return new Spot(path + "." + name, owner, field.isEmpty() ? name : field + "." + name);
        }

        Spot item(int index) {
            return new Spot(path + "[" + index + "]", struct, field);
        }
    }

    private void decode(GoType type, JsonNode value, Spot spot) {
        var misfit = type.misfit(value);
        if (misfit.isPresent()) {
            misfits.add(
                    "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                            .formatted(misfit.get(), spot.struct(), spot.field(), type.title()));
            return;
        }
        if (value.isNull()) {
            return;
        }
        switch (type) {
            case GoType.Struct(var name, var fields) ->
                    sorted(value)
                            .forEach(
                                    (field, part) -> {
                                        var below = spot.field(name, field);
                                        if (fields.containsKey(field)) {
                                            decode(fields.get(field), part, below);
                                        } else {
                                            unknownFields.add(below.path());
                                        }
                                    });
            case GoType.MapOf(var entry) ->
                    sorted(value).values().forEach(part -> decode(entry, part, spot));
            case GoType.ListOf(var item) -> {
                for (var i = 0; i < value.size(); i++) {
                    decode(item, value.get(i), spot.item(i));
                }
            }
            case GoType.Time _ -> checkTime(value.textValue());
            case GoType.Text _, GoType.Whole _, GoType.Truth _, GoType.Raw _ -> {}
        }
    }

    private void checkTime(String text) {
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeParseException e) {
            misfits.add(
                    "parsing time %1$s as \"2006-01-02T15:04:05Z07:00\": cannot parse %1$s as \"2006\""
                            .formatted(GoText.quote(text)));
        }
    }

    /** The decoder meets fields in this order. */
    private static Map<String, JsonNode> sorted(JsonNode object) {
        var fields = new TreeMap<String, JsonNode>();
        object.forEachEntry(fields::put);
        return fields;
    }
}
