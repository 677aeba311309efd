/**
 * The names that our own PDFs, and browsers' prints, are made of, and that NemLog-in's signing service accepts; its own list
 * is longer. A name that is not here is told as one that is not known to be accepted.
 */
const accepted: ReadonlySet<string> = new Set(
  [
    // Objects and files (ISO 32000-1, 7)
    "1.4 1.5 1.6 1.7 ASCII85Decode ASCIIHexDecode BitsPerComponent CCITTFaxDecode Colors Columns DCTDecode",
    "DecodeParms EarlyChange Extends Filter First FlateDecode ID Index Info JPXDecode LZWDecode Length Length1",
    "Length2 Length3 N ObjStm Predictor Prev Root RunLengthDecode Size Subtype Type Version W XRef XRefStm",
    // Document and pages (7.7)
    "Annots ArtBox Author BleedBox Catalog Contents Count CreationDate Creator CropBox Dests DisplayDocTitle",
    "Group Keywords Kids Lang Limits MarkInfo Marked MediaBox Metadata ModDate Names Nums OneColumn Outlines Page",
    "PageLabels PageLayout PageMode Pages Parent Producer Resources Rotate SinglePage St Subject Suspects Tabs",
    "Thumb Title Trapped TrimBox UseNone UseOutlines UserProperties UserUnit ViewerPreferences XML",
    // Resources and graphics (8)
    "AIS AbsoluteColorimetric Alpha Alternate Alternates BBox BC BM Background BlackPoint Bounds C0 C1 CA CS",
    "CalGray CalRGB ColorSpace ColorTransform Compatible Coords D Decode DeviceCMYK DeviceGray DeviceN DeviceRGB",
    "Domain Encode ExtGState Extend FL Font Form FormType Function FunctionType Functions G Gamma Height I",
    "ICCBased Image ImageB ImageC ImageI ImageMask Indexed Intent Interpolate K LC LJ LW Lab Luminosity ML Mask",
    "Matrix Multiply Normal OP OPM PDF PaintType Pattern PatternType Perceptual ProcSet Properties RI Range",
    "RelativeColorimetric S SA SM SMask Separation Shading ShadingType TK TR Text TilingType Transparency",
    "WhitePoint Width XObject XStep YStep ca op",
    // Fonts (9)
    "Ascent AvgWidth BaseEncoding BaseFont CIDFontType0 CIDFontType0C CIDFontType2 CIDSet CIDSystemInfo",
    "CIDToGIDMap CMap CMapName CMapType CapHeight CharProcs CharSet Courier Courier-Bold Courier-BoldOblique",
    "Courier-Oblique DW DW2 DescendantFonts Descent Differences Encoding FirstChar Flags FontBBox FontDescriptor",
    "FontFamily FontFile FontFile2 FontFile3 FontMatrix FontName FontStretch FontWeight Helvetica Helvetica-Bold",
    "Helvetica-BoldOblique Helvetica-Oblique Identity ItalicAngle LastChar Leading MacExpertEncoding",
    "MacRomanEncoding MaxWidth MissingWidth Name OpenType Ordering Registry StemH StemV Style Supplement Symbol",
    "Times-Bold Times-BoldItalic Times-Italic Times-Roman ToUnicode TrueType Type0 Type1 Type1C Type3 UseCMap W2",
    "WMode Widths WinAnsiEncoding XHeight ZapfDingbats",
    // Bookmarks, destinations and links (12)
    "A AP AS Action Annot BS Border C Dest F Fit FitB FitBH FitBV FitH FitR FitV GoTo H Last Link M NM Next P",
    "QuadPoints Rect SE StructParent Top XYZ",
    // Tagged structure (14.6-14.9)
    "ActualText After Alt Art Artifact Attached BackgroundColor BaselineShift Before BibEntry Block BlockAlign",
    "BlockQuote BorderColor BorderStyle BorderThickness Both Caption Center Circle ClassMap Code ColSpan Color",
    "Column Decimal Disc Div Document E End EndIndent Figure Footer Formula H1 H2 H3 H4 H5 H6 Header Headers",
    "IDTree Inline InlineAlign Justify L LBody LI Layout Lbl LineHeight ListNumbering LowerAlpha LowerRoman LrTb",
    "MCID MCR NonStruct None Note O OBJR Obj Padding Pagination ParentTree ParentTreeNextKey Part Pg Placement",
    "Private Quote R Reference RoleMap Row RowSpan Scope Sect SpaceAfter SpaceBefore Span Square Start",
    "StartIndent Stm StructElem StructParents StructTreeRoot T TBody TD TFoot TH THead TOC TOCI Table TextAlign",
    "TextDecorationType TextIndent Underline UpperAlpha UpperRoman Watermark WritingMode",
    // Output intents and files (14.11, 7.11)
    "Desc DestOutputProfile EF GTS_PDFA1 OutputCondition OutputConditionIdentifier OutputIntent OutputIntents",
    "RegistryName",
  ].flatMap((line) => line.split(" ")),
);

/** Keys whose whole entry the service does not look at. */
export const SKIPPED_KEYS: ReadonlySet<string> = new Set(["FontDescriptor", "Font", "Metadata"]);

/** Keys whose value, where it is written in place, the service does not look into. */
export const UNCHECKED_KEYS: ReadonlySet<string> = new Set(
  (
    "Encoding ExtGState ColorSpace Pattern Shading XObject ProcSet Properties BaseFont Name Dests Dest Info Font " +
    "Differences FontName CharProcs"
  ).split(" "),
);

/** Whether NemLog-in's signing service is known to accept a PDF name, written without its slash. */
export function isAccepted(name: string): boolean {
  return accepted.has(name) || /^F\d+$/.test(name);
}
