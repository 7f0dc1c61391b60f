package dev.weir.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads an image archive back, as a container engine would. */
record Archive(JsonNode manifest, JsonNode config, List<Map<String, TarArchiveEntry>> layers) {

    static Archive read(Path path) throws IOException {
        var blobs = new HashMap<String, byte[]>();
        try (var tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                blobs.put(entry.getName(), tar.readAllBytes());
            }
        }
        var json = new ObjectMapper();
        var manifest = json.readTree(blobs.get("manifest.json")).get(0);
        var layers = new ArrayList<Map<String, TarArchiveEntry>>();
        for (var name : manifest.get("Layers")) {
            layers.add(entries(blobs.get(name.asText())));
        }
        return new Archive(
                manifest,
                json.readTree(blobs.get(manifest.get("Config").asText())),
                List.copyOf(layers));
    }

    List<String> diffIds() {
        var ids = new ArrayList<String>();
        config.get("rootfs").get("diff_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** The entry of a path in the topmost layer that has it. */
    TarArchiveEntry entry(String path) {
        return layers.reversed().stream()
                .filter(layer -> layer.containsKey(path))
                .findFirst()
                .map(layer -> layer.get(path))
                .orElseThrow(() -> new AssertionError("no layer has " + path));
    }

    private static Map<String, TarArchiveEntry> entries(byte[] layer) throws IOException {
        var entries = new HashMap<String, TarArchiveEntry>();
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }
}
