import type { Command } from "commander";
import type { Host } from "./host.ts";
import { browserOption, workspaceOption } from "./options.ts";

/** The commands for signatures. */
export function addSigningCommands(program: Command, { console, finish, signal }: Host): void {
  program
    .command("sign")
    .description("skriv under på en PDF, digitalt (PAdES)")
    .usage("<pdf> --signer <navn> [valg]")
    .argument("<pdf>", "den PDF, der skal underskrives; den får underskriften tilføjet")
    .option("--signer <navn>", "den, der skriver under, som navnet står i dokumentet")
    .option("--p12 <fil>", "nøglefil (.p12 eller .pfx); adgangskoden spørges der om")
    .option("--passphrase-file <fil>", "fil med adgangskoden (ellers RESULTATPLAN_KODEORD, ellers spørges der)")
    .option("--pkcs11 <modul>", "smartkort eller HSM: stien til producentens PKCS#11-modul; der spørges om pinkoden")
    .option("--key-label <navn>", "nøglens navn på kortet, når der er flere")
    .option("--command <program>", "program, der får det, der skal underskrives, og skriver underskriften")
    .option("--certificate <fil>", "certifikat og kæde, når nøglen ikke er en nøglefil")
    .option("--pss", "brug RSA-PSS i stedet for PKCS#1 v1.5")
    .option("--level <niveau>", "B-B, B-T, B-LT eller B-LTA (ellers B-LTA med --tsa og B-B uden)")
    .option("--tsa <adresse>", "tidsstempeltjeneste (RFC 3161)")
    .option("--ca <fil...>", "udstederes certifikater; er der et rodcertifikat, skal tidsstemplet høre under det")
    .option("--other-name", "skriv under, selv om certifikatet lyder på et andet navn end underskriverens")
    .option("--place <sted>", "hvor der skrives under")
    .option("--reason <tekst>", "hvorfor der skrives under")
    .option("--prepare <fil>", "skriv det, der skal underskrives et andet sted, som JSON")
    .option("--embed <fil>", "sæt en underskrift ind, der er forberedt med --prepare")
    .option("--signature <fil>", "underskriften til --embed")
    .option("--renew", "sæt kun et nyt arkivtidsstempel; der skrives ikke under")
    .option("--json", "skriv resultatet som JSON")
    .action(async (pdf: string, options) => {
      const { sign } = await import("../sign.ts");
      const command = {
        ...options,
        pdf,
        authorities: options.ca ?? [],
        pss: options.pss === true,
        renew: options.renew === true,
        otherName: options.otherName === true,
      };
      finish(await sign({ ...command, json: options.json === true }, console, signal));
    });

  program
    .command("lock")
    .description("lås en plan, som den er underskrevet, så enhver senere ændring bliver meldt")
    .usage("[valg] <plan> <underskrevet pdf …>")
    .argument("<plan>", "planens id eller mappe")
    .argument("[pdf...]", "de underskrevne PDF-filer")
    .option("--root <mappe>", "mappen med plans/ (ellers den, du står i)")
    .option("--trust <mappe>", "kræv, at underskrifterne hører under disse certifikater (PEM eller DER)")
    .option("--remove", "fjern låsen igen")
    .option("--json", "skriv resultatet som JSON")
    .action(async (plan: string, files: string[], options) => {
      const { lock } = await import("../lock.ts");
      const { root = ".", trust, remove, json } = options;
      finish(await lock({ plan, files, root, trust, remove: remove === true, json: json === true }, console));
    });

  program
    .command("signature-page")
    .description("byg den side, der underskrives på papir, eller sæt de scannede sider ind i planen")
    .usage("[valg] planer …")
    .argument("<planer...>", "planernes id'er eller mapper")
    .option("--each", "én side til hver underskriver i stedet for én til alle")
    .option("--attach <filer...>", "de scannede, underskrevne sider: PDF, JPEG eller PNG; kræver én plan")
    .option("--confirm <dokument-id>", "den plan, som en side uden læselig kode hører til; den skal efterses først")
    .option("--signer <navne...>", "dem, der har skrevet under på siden uden læselig kode (ellers alle)")
    .addOption(workspaceOption)
    .addOption(browserOption)
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { signaturePage } = await import("../signature-page.ts");
      finish(await signaturePage({ ...options, plans, json: options.json === true }, console, signal));
    });

  program
    .command("verify")
    .description("efterprøv underskrifterne i PDF-filer, egne eller andres")
    .usage("[valg] <pdf …>")
    .argument("<pdf...>", "de PDF-filer, der skal efterprøves")
    .option("--trust <mappe>", "mappe med certifikaterne for dem, du stoler på (PEM eller DER); ingen er indbygget")
    .option("--kilde <mappe>", "planens mappe, til kopier, som planens kilde ikke ligger i (NemLog-in)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (files: string[], options) => {
      const { verify } = await import("../verify.ts");
      finish(
        await verify({ files, trust: options.trust, source: options.kilde, json: options.json === true }, console),
      );
    });
}
